import { type asOwner, inOwnerTransaction } from "./workspace.ts";

/** Adds credits to a workspace, or takes some. */
export function giveCredits(workspaceId: string, amount: number): Promise<void> {
  return inLedgers(workspaceId, async (run) => {
    const type = amount < 0 ? "adjustment" : "topup";
    await run("select app.enter_funds('credits', $1, $2, null, null)", [amount, type]);
  });
}

/** Takes the credits of a workspace that nothing holds, whatever spends of them meanwhile; answers how many. */
export function takeFreeCredits(workspaceId: string): Promise<number> {
  return inLedgers(workspaceId, async (run) => {
    const [{ free } = { free: "0" }] = await run<{ free: string }>(
      "select app.free_funds('credits', null)::text as free",
    );
    if (Number(free) > 0) {
      await run("select app.enter_funds('credits', -$1::numeric, 'adjustment', null, null)", [
        free,
      ]);
    }
    return Number(free);
  });
}

function inLedgers<T>(workspaceId: string, work: (run: typeof asOwner) => Promise<T>): Promise<T> {
  return inOwnerTransaction(async (run) => {
    await run("select set_config('request.jwt.claims', $1, true)", [
      JSON.stringify({ workspace_id: workspaceId }),
    ]);
    return await work(run);
  });
}
