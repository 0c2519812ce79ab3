import { describe, expect, test } from "vitest";
import * as z from "zod";
import { companies } from "../../shared/crm/companies.ts";
import {
  alteration,
  deletion,
  insertion,
  selectById,
  selectByNumber,
  shownRecord,
  writeThenSelect,
} from "../../shared/crm/views/statements.ts";
import { given, nativeView } from "../../shared/crm/views/view.ts";
import { statement } from "../../shared/db/sql.ts";
import { deal, twoWorkspaces } from "../support/deal-view.ts";
import { asOwner } from "../support/workspace.ts";

type Named = z.output<typeof deal.schema>;

function parsed(text: { text: string }): Named {
  return z.strictObject(deal.schema.shape).parse(JSON.parse(text.text));
}

describe("a record of a view", () => {
  test("is made of what is given, and answered as it is stored then", async () => {
    const { mine, write, read } = await twoWorkspaces();
    const values = { name: "Licence", owner: mine.user.number, contact: mine.contact.number };
    const rows = await write(writeThenSelect(deal, insertion(deal, given(deal, values))));
    const record = parsed(shownRecord(deal, 0, rows));
    expect(record).toEqual({
      ...values,
      id: expect.any(Number),
      uuid: expect.any(String),
      amount: null,
      // What the table's trigger did.
      state: "OPEN",
      pipeline: mine.pipeline.number,
      company: null,
      createdAt: expect.stringMatching(/\.\d{6}Z$/),
    });
    for (
      const one of [selectByNumber(deal, Number(record.id)), selectById(deal, String(record.uuid))]
    ) {
      const [found] = await read(one);
      expect(parsed(shownRecord(deal, Number(record.id), found))).toEqual(record);
    }
  });

  test("is changed by its number; null clears a link", async () => {
    const { mine, write } = await twoWorkspaces();
    const values = { name: "Licence", owner: mine.user.number, state: "OPEN" };
    const [row] = await write(writeThenSelect(deal, insertion(deal, given(deal, values)))) ?? [];
    const before = parsed({ text: String(row?.record) });
    const change = given(deal, { owner: null, state: "WON", id: 1 });
    const rows = await write(writeThenSelect(deal, alteration(deal, Number(before.id), change)));
    expect(parsed(shownRecord(deal, 0, rows))).toEqual({ ...before, owner: null, state: "WON" });
  });

  test("keeps every digit of an amount, and quotes what a query finds", async () => {
    const { mine, read } = await twoWorkspaces();
    const [row] = await asOwner<{ number: number }>(
      `insert into crm.deals (workspace_id, title, value, company_id)
        values ($1, 'a "b"', 12345678901234567890.1234567890, $2) returning number::int`,
      [mine.id, mine.company.id],
    );
    const [rows] = await read(selectByNumber(deal, row!.number));
    const { text } = shownRecord(deal, row!.number, rows);
    expect(text).toContain('"amount":12345678901234567890.1234567890,');
    expect(JSON.parse(text)).toMatchObject({ name: 'a "b"', company: 'Acme "& Co' });
  });

  test("of the native view is what its resource shows", async () => {
    const { mine, read } = await twoWorkspaces();
    const [rows] = await read(selectByNumber(nativeView(companies), mine.company.number));
    const record = JSON.parse(shownRecord(nativeView(companies), 0, rows).text);
    expect(z.strictObject(companies.schema.shape).parse(record)).toMatchObject({
      id: mine.company.id,
    });
  });

  test("of another workspace does not exist: read, changed or deleted", async () => {
    const { theirs, read, write } = await twoWorkspaces();
    const [row] = await asOwner<{ number: number; id: string }>(
      "insert into crm.deals (workspace_id, title) values ($1, 'theirs') returning number::int, id",
      [theirs.id],
    );
    const { number: theirNumber, id } = row!;
    const change = given(deal, { name: "mine" });
    const attempts = [
      await read(selectByNumber(deal, theirNumber)).then(([rows]) => rows),
      await read(selectById(deal, id)).then(([rows]) => rows),
      await write(writeThenSelect(deal, alteration(deal, theirNumber, change))),
    ];
    for (const rows of attempts) {
      expect(() => shownRecord(deal, theirNumber, rows)).toThrow(`No deal with id ${theirNumber}.`);
    }
    expect(await write([statement(deletion(deal, theirNumber))])).toEqual([]);
    expect(await asOwner("select title from crm.deals where id = $1", [id]))
      .toEqual([{ title: "theirs" }]);
  });

  test("is deleted by its number, once", async () => {
    const { write } = await twoWorkspaces();
    const values = given(deal, { name: "Licence" });
    const [row] = await write(writeThenSelect(deal, insertion(deal, values))) ?? [];
    const { id } = parsed({ text: String(row?.record) });
    expect(await write([statement(deletion(deal, Number(id)))])).toHaveLength(1);
    expect(await write([statement(deletion(deal, Number(id)))])).toEqual([]);
  });
});
