import { expect, test } from "vitest";
import { admin as run, adminJson } from "../support/admin-cli.ts";
import { asOwner, testWorkspace } from "../support/workspace.ts";

const entriesOf = (id: string, ledger: string) =>
  asOwner(
    `select amount::float, type, note from crm.ledger_entries
      where workspace_id = $1 and ledger = $2 order by number`,
    [id, ledger],
  );

test("credits and money are added, and taken away down to nothing", async () => {
  const { id, slug } = await testWorkspace();
  const add = (ledger: string, ...more: string[]) => [ledger, "add", "--workspace", slug, ...more];
  expect(await adminJson(add("credits", "--amount=500", "--note", "Invoice 17")))
    .toEqual({ credits: { balance: 600 } });
  expect(await adminJson(add("credits", "--amount=-600"))).toEqual({ credits: { balance: 0 } });
  expect(await adminJson(add("wallet", "--amount", "25.1050")))
    .toEqual({ wallet: { balance: 25.105, currency: "USD" } });
  const much = await run(add("wallet", "--amount=-25.1051"));
  expect(much).toMatchObject({ code: 1, stderr: expect.stringContaining("Only 25.105 can be") });
  expect(await entriesOf(id, "credits")).toEqual([
    { amount: 100, type: "opening", note: null },
    { amount: 500, type: "topup", note: "Invoice 17" },
    { amount: -600, type: "adjustment", note: null },
  ]);
  expect(await entriesOf(id, "wallet")).toEqual([{ amount: 25.105, type: "topup", note: null }]);
  expect((await run(add("wallet", "--amount=1"))).stdout).toBe("The balance is 26.1050 USD now.\n");
});

test("an amount that is none, or a workspace that is none, is refused", async () => {
  const { slug } = await testWorkspace();
  const refused = async (...args: string[]) => {
    const { code, stderr } = await run([...args]);
    return { code, stderr };
  };
  for (const amount of ["0", "1.5", "x", "", "1e3", "9999999999999"]) {
    expect(await refused("credits", "add", "--workspace", slug, `--amount=${amount}`))
      .toEqual({ code: 2, stderr: expect.stringContaining("--amount") });
  }
  expect(await refused("wallet", "add", "--workspace", slug, "--amount=0.00001"))
    .toEqual({ code: 2, stderr: expect.stringContaining("at most 4 decimals") });
  expect(await refused("wallet", "add", "--workspace", "nowhere", "--amount=1"))
    .toEqual({ code: 1, stderr: expect.stringContaining("nowhere") });
});
