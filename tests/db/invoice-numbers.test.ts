import { expect, test } from "vitest";
import type { Statement } from "../../shared/db/wire/pipeline.ts";
import { apiDatabase, claimsOf, writeThen } from "../support/as-role.ts";
import { asOwner, testWorkspace } from "../support/workspace.ts";

const sql = (text: string, ...values: unknown[]): Statement => ({ text, values });
const NEXT = sql("select app.next_invoice_number(2026) as number");
const CREATE = sql(
  "insert into crm.invoices (invoice_number) values (app.next_invoice_number(2026)) returning invoice_number as number",
);
const numbered = (count: number) =>
  Array.from({ length: count }, (_, i) => `INV-2026-${String(i + 1).padStart(3, "0")}`);

/** A workspace, and writes into it through pools as of several processes. */
async function workspace() {
  const { id } = await testWorkspace();
  const databases = [1, 2, 3].map(() => apiDatabase({ size: 5 }));
  let turn = 0;
  const next = async (statement: Statement): Promise<string> => {
    const [[row]] = await databases[turn++ % 3]!.write(claimsOf(id), [statement]) as [
      [{ number: string }],
    ];
    return row.number;
  };
  return { id, next, databases };
}

const stored = async (id: string) =>
  (await asOwner<{ invoice_number: string }>(
    "select invoice_number from crm.invoices where workspace_id = $1 order by number",
    [id],
  )).map(({ invoice_number }) => invoice_number);

test.each([["asked for", NEXT], ["used", CREATE]])(
  "30 numbers %s in parallel are the first 30, each given once",
  async (_, statement) => {
    const { id, next } = await workspace();
    const numbers = await Promise.all(Array.from({ length: 30 }, () => next(statement)));
    expect(numbers.sort()).toEqual(numbered(30));
    expect((await stored(id)).sort()).toEqual(statement === CREATE ? numbered(30) : []);
  },
);

test("numbers that are rolled back are given again: none is lost, none is twice", async () => {
  const { id, next, databases } = await workspace();
  const failing = (i: number) =>
    writeThen(databases[i % 3]!, claimsOf(id), [CREATE], () => {
      throw new Error("given back");
    });
  const outcomes = await Promise.allSettled(
    Array.from({ length: 30 }, (_, i) => i % 3 === 1 ? failing(i) : next(CREATE)),
  );
  expect(outcomes.filter(({ status }) => status === "fulfilled")).toHaveLength(20);
  expect((await stored(id)).sort()).toEqual(numbered(20));
  expect(await next(CREATE)).toBe("INV-2026-021");
});

test("one statement can take several, also undone by a savepoint", async () => {
  const { id, databases } = await workspace();
  const several = sql(
    `insert into crm.invoices (invoice_number)
      select app.next_invoice_number(2026) from generate_series(1, 3)`,
  );
  const statements = [
    CREATE,
    sql("savepoint attempt"),
    several,
    sql("rollback to savepoint attempt"),
    several,
  ];
  await databases[0]!.transact(claimsOf(id), async (transaction) => ({
    result: await transaction.run(statements),
  }));
  expect(await stored(id)).toEqual(numbered(4));
});

test("numbers that invoices have already are passed over, in this workspace only", async () => {
  const [mine, theirs] = [await workspace(), await workspace()];
  const taken = "insert into crm.invoices (workspace_id, invoice_number) values ($1, $2)";
  for (const number of ["INV-2026-001", "INV-2026-002", "INV-2026-004"]) {
    await asOwner(taken, [theirs.id, number]);
  }
  expect(await theirs.next(NEXT)).toBe("INV-2026-003");
  expect(await theirs.next(NEXT)).toBe("INV-2026-005");
  expect(await mine.next(NEXT)).toBe("INV-2026-001");
});

test("a deleted invoice's number is not given again", async () => {
  const { id, next } = await workspace();
  expect(await next(CREATE)).toBe("INV-2026-001");
  await asOwner("delete from crm.invoices where workspace_id = $1", [id]);
  expect(await next(CREATE)).toBe("INV-2026-002");
});

test("each year counts for itself, past 999 in as many digits as it takes", async () => {
  const { id, next } = await workspace();
  const year = (of: number) => next(sql("select app.next_invoice_number($1) as number", of));
  expect([await year(2026), await year(2027), await year(2026)])
    .toEqual(["INV-2026-001", "INV-2027-001", "INV-2026-002"]);
  await asOwner("update crm.invoice_numbers set last = 998 where workspace_id = $1", [id]);
  expect([await year(2026), await year(2026), await year(2027)])
    .toEqual(["INV-2026-999", "INV-2026-1000", "INV-2027-999"]);
});
