import { beforeAll, expect, test } from "vitest";
import { ownCluster } from "../support/own-cluster.ts";
import { apiDatabase, claimsOf } from "../support/as-role.ts";
import { asOwner, testWorkspace } from "../support/workspace.ts";

ownCluster();

// As in the table's own migration: there they stand before app.make_contact_upserts is first called.
beforeAll(async () => {
  await asOwner(`alter table crm.contacts add column nickname text,
    add column tier text not null default 'basic', add column visits integer not null default 0,
    add column nickname_key text generated always as (lower(nickname)) stored`);
  await asOwner("call app.make_contact_upserts()");
});

const NEW = { nickname: "Jo", tier: "gold", visits: 3 };
const ANN = { email: "ann@acme.com", first_name: "Ann", ...NEW };
const shown =
  `select email, first_name, nickname, tier, visits, status, nickname_key from crm.contacts`;

/** What each way to write a contact is called with; all are given the same columns. */
const WAYS: Record<string, { text: string; given: (fields: object) => unknown }> = {
  ingest: { text: "select * from app.ingest($1)", given: (fields) => [{ fields }] },
  ingest_one: { text: "select * from app.ingest_one($1)", given: (fields) => fields },
  ingest_alike: { text: "select * from app.ingest_alike($1)", given: (fields) => [fields] },
  land_contact: {
    text: `select * from app.land_contact($1, '{}', (select id from crm.contacts),
      not exists (select from crm.contacts), true)`,
    given: (fields) => fields,
  },
};

test.each(Object.entries(WAYS))("%s writes a column that contacts got", async (_, way) => {
  const { id } = await testWorkspace();
  const database = apiDatabase();
  const write = async (fields: object) => {
    const statement = { text: way.text, values: [JSON.stringify(way.given(fields))] };
    const rows = await database.write(claimsOf(id), [statement, { text: shown, values: [] }]);
    return rows[1];
  };
  const stored = { ...ANN, status: "active", nickname_key: "jo" };
  expect(await write(ANN)).toEqual([stored]);
  // What is absent stays, and null clears, except where there must be a value.
  expect(await write({ email: ANN.email, tier: null, visits: 4 })).toEqual([{
    ...stored,
    visits: 4,
  }]);
  const cleared = { email: ANN.email, nickname: null, tier: "new", status: "lead" };
  expect(await write(cleared)).toEqual([
    { ...stored, visits: 4, ...cleared, nickname_key: null },
  ]);
});

test.each(Object.entries(WAYS))(
  "%s makes a contact with the defaults of what it lacks",
  async (_, way) => {
    const { id } = await testWorkspace();
    const given = JSON.stringify(way.given({ email: ANN.email, tier: null, status: null }));
    const [, rows] = await apiDatabase().write(claimsOf(id), [
      { text: way.text, values: [given] },
      { text: shown, values: [] },
    ]);
    expect(rows).toMatchObject([{ tier: "basic", visits: 0, nickname: null, status: "active" }]);
  },
);

test("ingest answers the columns that contacts got, and none that is not the caller's", async () => {
  const { id } = await testWorkspace();
  for (const name of ["ingest", "ingest_one"]) {
    const { text, given } = WAYS[name]!;
    const values = [JSON.stringify(given(ANN))];
    const [rows] = await apiDatabase().write(claimsOf(id), [{ text, values }]);
    expect(rows?.[0]).toMatchObject(ANN);
    expect(Object.keys(rows?.[0] ?? {})).not.toEqual(
      expect.arrayContaining([expect.stringMatching(/_key$|^search_text$|^workspace_id$/)]),
    );
  }
});
