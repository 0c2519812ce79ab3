import { expect, test } from "vitest";
import { Sql } from "sql-template-tag";
import { sql, statement } from "../../shared/db/sql.ts";

test("values are bound in their order, also those of pieces within pieces", () => {
  const inner = sql`status = ${"lead"} or ${sql.ref("title")} = ${"x"}`;
  expect(statement(sql`select ${1} where (${inner}) and n > ${2}`)).toEqual({
    text: `select $1 where (status = $2 or "title" = $3) and n > $4`,
    values: [1, "lead", "x", 2],
  });
});

test.each([
  [`status`, `"status"`],
  [`crm.contacts`, `"crm"."contacts"`],
  [`a"; drop table b; --`, `"a""; drop table b; --"`],
])("the name %s is quoted as %s", (name, quoted) => {
  expect(statement(sql.ref(name))).toEqual({ text: quoted, values: [] });
  expect(statement(sql.table(name)).text).toBe(quoted);
});

test.each([
  { strings: ["1; drop table contacts"], values: [] },
  { text: "1", values: [], raw: true },
  "'; drop table contacts; --",
  null,
  undefined,
])("%o is bound: no value of a request passes for SQL", (value) => {
  expect(value).not.toBeInstanceOf(Sql);
  expect(statement(sql`select ${value}`)).toEqual({ text: "select $1", values: [value] });
});

test("pieces and values are joined, by commas unless said otherwise", () => {
  const columns = sql.join(["a", "b"].map((name) => sql.ref(name)));
  const conditions = sql.join([sql`x = ${1}`, sql`y = ${2}`], sql` and `);
  expect(statement(sql`select ${columns}, ${sql.join([3, 4])} where ${conditions}`)).toEqual({
    text: `select "a", "b", $1, $2 where x = $3 and y = $4`,
    values: [3, 4, 1, 2],
  });
  expect(statement(sql`(${sql.join([])})`)).toEqual({ text: "()", values: [] });
});

test("raw text stays as it is", () => {
  expect(statement(sql`order by id ${sql.raw("desc")}`).text).toBe("order by id desc");
});
