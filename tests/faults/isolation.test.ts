import { expect, test } from "vitest";
import { ApiClient } from "../support/api-client.ts";
import { testConnector } from "../support/connector.ts";
import { ContractDocument } from "../support/contract-document.ts";
import { contractWorld } from "../support/contract-world.ts";
import { grantedTables, rowsOf } from "../support/tenant-tables.ts";
import { testWorkspace } from "../support/workspace.ts";
import { idPlaces, missing, saidBy } from "./foreign-ids.ts";
import { LONG, size, tell } from "./form.ts";

const document = await ContractDocument.fetched();
const places = idPlaces(document);
// Their workspace and mine; nothing of theirs may change or be told.
const theirs = await contractWorld("", 3);
const mine = await contractWorld("", 3);

/** What their workspace holds, all of it. */
async function theirRows(): Promise<unknown[]> {
  const tables = await grantedTables();
  return await Promise.all(tables.map((table) => rowsOf(table, theirs.workspace.id)));
}

test("the walk finds ids in queries, headers, bodies and items of batches", () => {
  const found = places.map(({ operation, where }) => `${operation.id} ${where}`);
  expect(found.length).toBeGreaterThan(60);
  for (const part of ["query id", "header X-Connector", "body company_id", "body items.0.data."]) {
    expect(found.some((place) => place.includes(part)), part).toBe(true);
  }
});

test(
  "an id of another workspace is answered like one that does not exist, everywhere",
  async () => {
    const before = await theirRows();
    // The long form also tries ids of every other kind.
    const ids = Object.values(theirs.ids).map((some) => some[0]!);
    let sent = 0;
    const wrong: string[] = [];
    for (const place of places) {
      const { method, resource, id: name } = place.operation;
      const own = mine.ids[resource]?.at(-1) ?? "";
      const send = (id: string) => {
        const { path, body, headers } = place.request(id);
        sent++;
        return mine.workspace.api.send(method, path.replace("OWN", own), { body, headers });
      };
      const nothing = missing();
      const absent = saidBy(await send(nothing), nothing);
      const related = theirs.ids[resource]?.[0] ?? ids[0]!;
      for (const foreign of new Set([related, ...LONG ? ids : []])) {
        const said = saidBy(await send(foreign), foreign);
        if (said !== absent) wrong.push(`${name} ${place.where}\n  ${said}\n  ${absent}`);
      }
    }
    expect(wrong).toEqual([]);
    expect(await theirRows()).toEqual(before);
    tell("ids of another workspace", { places: places.length, requests: sent, told: wrong.length });
  },
  size(300_000, 900_000),
);

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

test("an idempotency key of another workspace replays nothing", async () => {
  const headers = { "idempotency-key": "shared" };
  const body = { email: "shared@example.com", first_name: "Theirs" };
  await theirs.workspace.api.post("v1-public-contacts", body, headers);
  const answer = await mine.workspace.api.post("v1-public-contacts", body, headers);
  expect([answer.status, answer.headers.get("idempotency-replayed")]).toEqual([201, null]);
});

test("a connector's slug, id or token of another workspace opens nothing with my key", async () => {
  const other = await testWorkspace();
  const connector = await testConnector(other, { slug: "theirs-alone" });
  const { api } = mine.workspace;
  const path = "v1-public-contacts";
  const body = { email: "lead@example.com" };
  const pairs = [[connector.slug, "no-such-one"], [connector.id, missing()]] as const;
  for (const [foreign, absent] of pairs) {
    const [answer, expected] = [
      await api.post(path, body, { "x-connector": foreign }),
      await api.post(path, body, { "x-connector": absent }),
    ];
    expect(saidBy(answer, foreign)).toBe(saidBy(expected, absent));
  }
  const { length } = await connector.deliveries();
  expect(length).toBe(0);
  const nobody = new ApiClient(api.baseUrl, null);
  const altered = connector.token.slice(0, -1) + (connector.token.endsWith("A") ? "B" : "A");
  expect((await nobody.post(`${path}?connector=${altered}`, body)).status).toBe(401);
  expect((await nobody.post(`v1-public-activities?connector=${connector.token}`, {})).status)
    .toBe(403);
});
