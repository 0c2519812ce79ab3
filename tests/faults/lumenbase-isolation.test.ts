import { randomUUID } from "node:crypto";
import { expect, test } from "vitest";
import { ApiClient } from "../support/api-client.ts";
import { testConnector } from "../support/connector.ts";
import { contractWorld } from "../support/contract-world.ts";
import { lumenbase } from "../support/dialects/lumenbase.ts";
import { testWorkspace } from "../support/workspace.ts";
import { saidBy } from "./foreign-ids.ts";

const document = await lumenbase.document();
const theirs = await contractWorld("", 3);
const mine = await contractWorld("", 3);

test("a cursor of another workspace, list or filter set shows nothing of theirs", async () => {
  const lists = document.operations().filter(({ parameters }) =>
    parameters.some(({ name }) => name === "cursor")
  );
  expect(lists.length).toBeGreaterThan(6);
  const shown = new Set(Object.values(theirs.ids).flat());
  for (const { path } of lists) {
    const first = await theirs.workspace.api.get(`${path}?per_page=1`);
    const cursor = first.body.data.pagination.next_cursor;
    if (cursor === null) continue;
    for (const more of ["", "&per_page=1", "&sort_by=updated_at", "&search=a"]) {
      const answer = await mine.workspace.api.get(
        `${path}?cursor=${encodeURIComponent(cursor)}${more}`,
      );
      expect([path, [200, 400].includes(answer.status)]).toEqual([path, true]);
      const told = [...shown].filter((id) => answer.text.includes(id));
      expect([path, told]).toEqual([path, []]);
    }
  }
});

test("a connector's slug, id or token of another workspace opens nothing with my key", async () => {
  const other = await testWorkspace();
  const connector = await testConnector(other, { slug: "theirs-alone" });
  const { api } = mine.workspace;
  const path = "v1-public-contacts";
  const body = { email: "lead@example.com" };
  const pairs = [[connector.slug, "no-such-one"], [connector.id, randomUUID()]] as const;
  for (const [foreign, absent] of pairs) {
    const [answer, expected] = [
      await api.post(path, body, { "x-connector": foreign }),
      await api.post(path, body, { "x-connector": absent }),
    ];
    expect(saidBy(lumenbase, answer, foreign)).toBe(saidBy(lumenbase, expected, absent));
  }
  const { length } = await connector.deliveries();
  expect(length).toBe(0);
  const nobody = new ApiClient(api.baseUrl, null);
  const altered = connector.token.slice(0, -1) + (connector.token.endsWith("A") ? "B" : "A");
  expect((await nobody.post(`${path}?connector=${altered}`, body)).status).toBe(401);
  expect((await nobody.post(`v1-public-activities?connector=${connector.token}`, {})).status)
    .toBe(403);
});
