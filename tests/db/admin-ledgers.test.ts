import { expect, test } from "vitest";
import { readCommandLine } from "../../supabase/local/admin/command-line.ts";
import { LEDGER_COMMANDS } from "../../supabase/local/admin/ledger-commands.ts";
import { addFunds } from "../../supabase/local/admin/ledgers.ts";
import { adminJson } from "../support/admin-cli.ts";
import { session } from "../support/as-role.ts";
import { asOwner, databaseUrl, testWorkspace } from "../support/workspace.ts";

const entriesOf = (id: string, ledger: string) =>
  asOwner(
    `select amount::float, type, note from crm.ledger_entries
      where workspace_id = $1 and ledger = $2 order by number`,
    [id, ledger],
  );

test("credits and money are added, and taken away down to nothing", async () => {
  const { id, slug } = await testWorkspace();
  const add = (ledger: string, ...more: string[]) =>
    adminJson([ledger, "add", "--workspace", slug, ...more]);
  expect(await add("credits", "--amount=500", "--note", "Invoice 17"))
    .toEqual({ credits: { balance: 600 } });
  expect(await add("wallet", "--amount", "25.1050"))
    .toEqual({ wallet: { balance: 25.105, currency: "USD" } });
  const owner = await session(databaseUrl("adminUrl"));
  const take = (ledger: "credits" | "wallet", amount: string) =>
    addFunds(owner, { workspace: slug, ledger, amount, note: null }).then(String);
  expect(await take("credits", "-600")).toBe("0");
  await expect(take("wallet", "-25.1051")).rejects.toMatchObject({
    code: "conflict",
    message: "Only 25.105 can be taken: the balance would be below 0.",
  });
  expect(await entriesOf(id, "credits")).toEqual([
    { amount: 100, type: "opening", note: null },
    { amount: 500, type: "topup", note: "Invoice 17" },
    { amount: -600, type: "adjustment", note: null },
  ]);
  expect(await entriesOf(id, "wallet")).toEqual([{ amount: 25.105, type: "topup", note: null }]);
});

test("a workspace that is none is told", async () => {
  const owner = await session(databaseUrl("adminUrl"));
  const addition = { workspace: "nowhere", ledger: "credits", amount: "1", note: null } as const;
  await expect(addFunds(owner, addition)).rejects.toMatchObject({ code: "not_found" });
});

test.each([
  ["credits", ["0", "1.5", "x", "", "1e3", "9999999999999"], "give a whole number"],
  ["wallet", ["0.0000", "0.00001", "1,5", "Infinity"], "a number with at most 4 decimals"],
])("%s are added by amounts that are some", (group, amounts, advice) => {
  for (const amount of amounts) {
    const line = [group, "add", "--workspace", "acme", `--amount=${amount}`];
    const { command, input } = readCommandLine(LEDGER_COMMANDS, line);
    expect(() => command?.prepare(input ?? { argument: "", options: {} }), amount).toThrow(advice);
  }
});
