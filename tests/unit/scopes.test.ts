import { describe, expect, test } from "vitest";
import { KEY_APIS as OFFERED } from "../../shared/console/pages/access/scopes.ts";
import { grants, type Scope, SCOPES } from "../../shared/crm/scopes.ts";
import { KEY_APIS } from "../../shared/dialects/key-apis.ts";

const ROUTES: Scope[] = [
  "contacts:read",
  "contacts:write",
  "companies:read",
  "companies:write",
  "deals:read",
  "deals:write",
  "tasks:read",
  "tasks:write",
  "invoices:read",
  "invoices:write",
  "activities:read",
  "activities:write",
  "events:read",
];

/** What each scope of the spec's table, and that of the feed, gives, besides itself. */
const GIVES: Record<string, Scope[]> = {
  ...Object.fromEntries(ROUTES.map((scope) => [scope, [scope]])),
  read: ROUTES.filter((scope) => scope.endsWith(":read")),
  admin: ROUTES,
  contact_ingest: ["contacts:read", "contacts:write"],
  activity_ingest: ["activities:read", "activities:write"],
};

test("the scopes are those of the spec, and the feed's", () => {
  expect([...SCOPES].sort()).toEqual(Object.keys(GIVES).sort());
});

test.each(Object.entries(GIVES))("%s gives exactly %o", (scope, given) => {
  expect(ROUTES.filter((needed) => grants([scope], needed))).toEqual(given);
});

test.each(ROUTES.filter((scope) => scope.endsWith(":write")))(
  "%s does not give reading",
  (scope) => {
    expect(grants([scope], scope.replace(":write", ":read") as Scope)).toBe(false);
  },
);

describe("a key's scopes together", () => {
  test("give what each of them gives", () => {
    const given = ROUTES.filter((needed) => grants(["deals:write", "read"], needed));
    const expected = ROUTES.filter((scope) => scope === "deals:write" || scope.endsWith(":read"));
    expect(given).toEqual(expected);
  });

  test.each([
    ["no scope", []],
    ["an unknown scope", ["contacts"]],
    ["a scope of another case", ["ADMIN", "Read", "Contacts:Read"]],
    ["an empty name", [""]],
    ["a wildcard", ["*", "contacts:*", ":read"]],
    ["a name every object has", ["constructor", "toString", "__proto__", "hasOwnProperty"]],
  ])("give nothing with %s", (_, scopes) => {
    expect(ROUTES.filter((needed) => grants(scopes, needed))).toEqual([]);
  });
});

test("the scopes that the console offers are those of each API", () => {
  const offered = OFFERED.map(({ id, scopes, window, hasDomains }) => ({
    id,
    scopes: scopes.map(([scope]) => scope).toSorted(),
    window,
    hasDomains,
  }));
  expect(offered).toEqual(
    Object.entries(KEY_APIS).map(([id, { scopes, rate, hasDomains }]) => ({
      id,
      scopes: scopes.filter((scope) => !/^(contact|activity)_ingest$/.test(scope)).toSorted(),
      window: rate?.window,
      hasDomains,
    })),
  );
});
