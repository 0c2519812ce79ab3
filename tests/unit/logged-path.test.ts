import { expect, test } from "vitest";
import { generateApiKey } from "../../shared/auth/api-key.ts";
import { loggedPath } from "../../shared/http/logged-path.ts";

const ID = "01890a5d-ac96-774b-bcce-b302099a8057";
const { key } = generateApiKey();

test.each<[string, string, Record<string, string>, string]>([
  ["v1-public-contacts", "/", {}, "/v1-public-contacts"],
  ["lio", "/api/lead/:id", { id: "42" }, "/lio/api/lead/42"],
  [
    "leadhub",
    "/api/v1/leads/:id/tags/:tag",
    { id: ID, tag: "Zoë" },
    `/leadhub/api/v1/leads/${ID}/tags/:tag`,
  ],
  ["lio", "/api/file/download/:token", { token: key }, "/lio/api/file/download/:token"],
  ["lio", "/api/form/:form_link", {}, "/lio/api/form/:form_link"],
])("a path of %s as declared: %s %j", (name, declared, params, path) => {
  expect(loggedPath(name, declared, params, "http://localhost/")).toBe(path);
});

test.each([
  ["http://localhost/lio/api/leads?a=b", "/lio/api/leads"],
  [`http://localhost/lio/api/${key}/x`, "/lio/api/…/x"],
  [`http://localhost/lio/api/lead/${ID}`, `/lio/api/lead/${ID}`],
  ["http://localhost/lio/jane@example.com", "/lio/…"],
  ["http://localhost/crm/api/v2/Jane%20Roe", "/crm/api/v2/…"],
  ["http://localhost/lio/9f86d081884c7d659a2feaa0c55ad015", "/lio/…"],
  ["no address", "/"],
])("a path that there is not: %s", (url, path) => {
  expect(loggedPath("lio", null, {}, url)).toBe(path);
});
