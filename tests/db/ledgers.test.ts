import { expect, test } from "vitest";
import {
  chargeHold,
  enterFunds,
  holdFunds,
  type Ledger,
  ledgerError,
  releaseHold,
} from "../../shared/crm/ledgers.ts";
import type { Rows, Statement } from "../../shared/db/wire/pipeline.ts";
import { apiDatabase, besides, claimsOf } from "../support/as-role.ts";
import { asOwner, inOwnerTransaction, testWorkspace } from "../support/workspace.ts";

/** A new workspace, and what its ledgers are asked, by so many processes in turn. */
async function world(processes = 1) {
  const { id } = await testWorkspace();
  const claims = claimsOf(id);
  const databases = Array.from({ length: processes }, () => apiDatabase());
  let asked = 0;
  const one = async (statement: Statement): Promise<Rows[number]> => {
    const database = databases[asked++ % processes];
    const [[row] = []] = await database?.write(claims, [statement]) ?? [];
    return row ?? {};
  };
  const refusedOrNot = (work: Promise<unknown>) =>
    work.then(() => null, (error: unknown) => ledgerError(error) as { facts?: { code?: string } });
  return {
    id,
    hold: async (amount: number, seconds = 60, ledger: Ledger = "credits") =>
      String((await one(holdFunds(ledger, amount, "magicpen", seconds))).id),
    charge: async (hold: string, amount: number | string) =>
      Number((await one(chargeHold(hold, amount, "magicpen"))).balance),
    release: (hold: string) => one(releaseHold(hold)),
    enter: async (ledger: Ledger, amount: number | string, reference: string | null = null) =>
      String((await one(enterFunds(ledger, amount, "topup", { reference }))).balance),
    codeOf: async (work: Promise<unknown>) => (await refusedOrNot(work))?.facts?.code ?? null,
    sqlstateOf: (work: Promise<unknown>) =>
      work.then(() => null, (error: { code?: string }) => error.code),
  };
}

/** What a workspace has: balances, sums of entries, and how many. */
async function kept(id: string) {
  const rows = await asOwner<{ ledger: string; balance: string; sum: string; entries: number }>(
    `select l.ledger, l.balance, coalesce(sum(e.amount), 0) as sum, count(e.id)::int as entries
      from crm.ledgers l left join crm.ledger_entries e using (workspace_id, ledger)
      where l.workspace_id = $1 group by l.ledger, l.balance order by l.ledger`,
    [id],
  );
  const [credits, wallet] = rows.map(({ balance, sum, entries }) => ({
    balance: Number(balance),
    sum: Number(sum),
    entries,
  }));
  return { credits, wallet };
}

const expire = (hold: string) =>
  asOwner("update crm.ledger_holds set expires_at = now() - interval '1 second' where id = $1", [
    hold,
  ]);

test("a workspace begins with 100 credits and an empty wallet", async () => {
  const { id, enter, codeOf } = await world();
  expect(await kept(id)).toEqual({
    credits: { balance: 100, sum: 100, entries: 1 },
    wallet: { balance: 0, sum: 0, entries: 0 },
  });
  expect(await enter("wallet", "24.9850")).toBe("24.9850");
  expect(await codeOf(enter("wallet", "-24.9851"))).toBe("insufficient_funds");
  expect(Number(await enter("wallet", "-24.985"))).toBe(0);
  expect((await kept(id)).wallet).toEqual({ balance: 0, sum: 0, entries: 2 });
});

test("what is held cannot be spent otherwise, and is charged once", async () => {
  const { id, hold, charge, release, enter, codeOf, sqlstateOf } = await world();
  const first = await hold(60);
  expect(await codeOf(hold(41))).toBe("insufficient_credits");
  expect(await codeOf(enter("credits", -41))).toBe("insufficient_credits");
  const second = await hold(40);
  await release(second);
  expect(await sqlstateOf(charge(second, 40))).toBe("LB094");
  expect(await charge(first, 50)).toBe(50);
  expect(await charge(first, 50)).toBe(50);
  await release(first);
  expect((await kept(id)).credits).toEqual({ balance: 50, sum: 50, entries: 2 });
  expect(await codeOf(hold(51))).toBe("insufficient_credits");
  for (const amount of [0, -1, Number.NaN]) {
    expect(await sqlstateOf(hold(amount)), String(amount)).not.toBeNull();
    const left = await hold(1);
    expect(await sqlstateOf(charge(left, amount)), String(amount)).not.toBeNull();
    await release(left);
  }
  expect((await kept(id)).credits).toEqual({ balance: 50, sum: 50, entries: 2 });
});

test("whoever comes while another spends sees what that leaves", async () => {
  const { id, hold, charge, enter, codeOf } = await world();
  const held = "select app.hold_funds('credits', 60, 'magicpen', 60)";
  expect(await besides(id, [held], () => codeOf(hold(41)))).toBe("insufficient_credits");
  const own = await hold(40);
  const taken = "select app.enter_funds('wallet', 5, 'topup', 'CA1', null)";
  expect(await besides(id, [taken], () => enter("wallet", 5, "CA1"))).toBe("5");
  const charged = "select app.charge_hold($1, 40, 'magicpen', null)";
  expect(await besides(id, [charged, own], () => charge(own, 40))).toBe(60);
  expect((await kept(id)).credits).toEqual({ balance: 60, sum: 60, entries: 2 });
});

test("what was held too long is free again, and is charged only while it is", async () => {
  const { id, hold, charge, codeOf } = await world();
  const [late, later] = [await hold(60), await hold(40)];
  await expire(late);
  expect(await charge(late, 60)).toBe(40);
  await expire(later);
  const other = await hold(30);
  expect(await codeOf(charge(later, 40))).toBe("insufficient_credits");
  expect(await charge(other, 30)).toBe(10);
  expect((await kept(id)).credits).toEqual({ balance: 10, sum: 10, entries: 3 });
});

test("a hold is forgotten a day after it expired", async () => {
  const { id, hold } = await world();
  const [old, late, fresh] = [await hold(1), await hold(1), await hold(1)];
  const left = await inOwnerTransaction(async (run) => {
    // In one transaction, as housekeeping passes over what another process is about to delete.
    await run(
      `update crm.ledger_holds set expires_at = now() - case id when $1 then interval '25 hours'
        else interval '23 hours' end where workspace_id = $2 and id <> $3`,
      [old, id, fresh],
    );
    await run("select app.housekeep()");
    const holds = await run<{ id: string }>(
      "select id from crm.ledger_holds where workspace_id = $1 order by id",
      [id],
    );
    return holds.map((one) => one.id);
  });
  expect(left).toEqual([late, fresh].toSorted());
});

test("what has a reference is entered once, at once too", async () => {
  const { id, enter } = await world();
  await enter("wallet", 10);
  const balances = await Promise.all(
    Array.from({ length: 10 }, () => enter("wallet", "-0.0300", "CA1")),
  );
  expect(new Set(balances)).toEqual(new Set(["9.9700"]));
  expect(await enter("wallet", "-0.0300", "CA2")).toBe("9.9400");
  expect((await kept(id)).wallet).toEqual({ balance: 9.94, sum: 9.94, entries: 3 });
});

test("500, of which 125 at once, charge exactly what there is", async () => {
  const { id, hold, charge, release, enter, codeOf } = await world(6);
  const charged: number[] = [];
  const spend = async (turn: number) => {
    const own = await hold(1 + turn % 3);
    if (turn % 5 === 0) return await release(own);
    const twice = await Promise.all([charge(own, 1 + turn % 3), charge(own, 1 + turn % 3)]);
    expect(twice[0]).toBe(twice[1]);
    charged.push(1 + turn % 3);
  };
  const codes: (string | null)[] = [];
  // In parts, as a workspace's turn at the database is not waited for longer than 10 s.
  for (let from = 0; from < 500; from += 125) {
    const some = Array.from({ length: 125 }, (_, i) => from + i).map((turn) =>
      codeOf(turn % 50 === 7 ? enter("credits", 4) : spend(turn))
    );
    codes.push(...await Promise.all(some));
  }
  const sum = charged.reduce((total, amount) => total + amount, 0);
  const refused = codes.filter((code) => code === "insufficient_credits").length;
  expect(codes.filter((code) => code !== null)).toHaveLength(refused);
  expect(refused).toBeGreaterThan(100);
  const { credits } = await kept(id);
  expect(credits).toEqual({
    balance: 140 - sum,
    sum: 140 - sum,
    entries: 1 + 10 + charged.length,
  });
  expect(credits?.balance).toBeGreaterThanOrEqual(0);
  const steps = await asOwner<{ wrong: number; lowest: string }>(
    `select count(*) filter (where balance_after <> sum)::int as wrong, min(balance_after) as lowest
      from (select balance_after, sum(amount) over (order by number) as sum
        from crm.ledger_entries where workspace_id = $1 and ledger = 'credits') entries`,
    [id],
  );
  expect(steps).toEqual([{ wrong: 0, lowest: expect.stringMatching(/^\d+$/) }]);
});
