import { inOwnerTransaction } from "./workspace.ts";

/** Adds credits to a workspace, or takes some. */
export function giveCredits(workspaceId: string, amount: number): Promise<void> {
  return inOwnerTransaction(async (run) => {
    await run("select set_config('request.jwt.claims', $1, true)", [
      JSON.stringify({ workspace_id: workspaceId }),
    ]);
    const type = amount < 0 ? "adjustment" : "topup";
    await run("select app.enter_funds('credits', $1, $2, null, null)", [amount, type]);
  });
}
