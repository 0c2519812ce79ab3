import { describe, expect, test } from "vitest";
import { deals } from "../../shared/crm/deals.ts";
import { domainError } from "../../shared/crm/records.ts";
import { insertion, linkedIds, writeThenSelect } from "../../shared/crm/views/statements.ts";
import { given, type NumberedLink } from "../../shared/crm/views/view.ts";
import { sql, statement } from "../../shared/db/sql.ts";
import { deal, type filled, twoWorkspaces } from "../support/deal-view.ts";

describe("links to no record", () => {
  async function refusal(values: (theirs: Awaited<ReturnType<typeof filled>>) => object) {
    const { theirs, write } = await twoWorkspaces();
    const asked = given(deal, { name: "Licence", ...values(theirs) });
    const error = await write(writeThenSelect(deal, insertion(deal, asked))).catch((e: unknown) =>
      e
    );
    return domainError(deals, error);
  }

  test("are all named, and nothing is made", async () => {
    const fields = [
      { field: "owner", message: "No user with this id." },
      { field: "contact", message: "No contact with this id." },
    ];
    const [nobody, theirs] = [
      await refusal(() => ({ owner: 999_999_999, contact: -1 })),
      await refusal(({ user, contact }) => ({ owner: user.number, contact: contact.number })),
    ];
    expect(nobody).toMatchObject({ name: "InvalidInput", fields });
    expect(theirs).toMatchObject({ name: "InvalidInput", fields });
  });

  test("are found in the workspace alone, and in tables of records only", async () => {
    const { mine, theirs, database } = await twoWorkspaces();
    const ids = (links: NumberedLink[]) =>
      database.read(mine.claims, [statement(sql`select ${linkedIds(links)} as ids`)]);
    const link = (table: string, found: number) => ({
      field: "f",
      column: "c",
      record: "user",
      table,
      number: found,
    });
    expect(await ids([])).toEqual([[{ ids: {} }]]);
    expect(await ids([link("users", mine.user.number)])).toEqual([[{ ids: { c: mine.user.id } }]]);
    await expect(ids([link("users", theirs.user.number)]))
      .rejects.toMatchObject({ code: "LB015", message: '[{"field": "f", "record": "user"}]' });
    for (const table of ["api_keys", "workspaces", "users; drop table crm.users", ""]) {
      await expect(ids([link(table, 1)])).rejects.toMatchObject({ code: "22023" });
    }
    const nowhere = {
      text: "select app.linked_ids($1)",
      values: ['[{"field": "f", "column": "c", "number": 1}]'],
    };
    await expect(database.read(mine.claims, [nowhere])).rejects.toMatchObject({ code: "22023" });
  });
});
