import { inOwnerTransaction } from "./workspace.ts";

/** Puts money into a wallet. */
export async function enterFunds(workspaceId: string, amount: number): Promise<void> {
  await inOwnerTransaction(async (run) => {
    await run("select set_config('request.jwt.claims', $1, true)", [
      JSON.stringify({ workspace_id: workspaceId }),
    ]);
    await run("select app.enter_funds('wallet', $1, 'topup', null, null)", [amount]);
  });
}
