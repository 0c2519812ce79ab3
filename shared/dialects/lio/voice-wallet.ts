import { wallet, walletOf } from "../../crm/wallet.ts";
import { statement } from "../../db/sql.ts";
import { rowOf } from "../../db/wire/rows.ts";
import { JsonText } from "../../formats/json-text.ts";
import { noParameters } from "../../http/query.ts";
import { lazy } from "../../memory/lazy.ts";
import type { LioOperation } from "./contract.ts";
import { answer } from "./envelope.ts";
import { readQuery } from "./reading.ts";
import { oneRecord } from "./schemas.ts";

const answered = lazy(() =>
  oneRecord(wallet().meta({ id: "Wallet" })).meta({ id: "WalletAnswer" })
);

/** GET: what there is to pay for numbers and calls with (decisions: 23). */
export const getWallet: LioOperation = {
  kind: "read",
  get contract() {
    return {
      id: "getWallet",
      summary: "Get the wallet that calls are paid from",
      answers: { 200: answered() },
    };
  },
  async run(call) {
    readQuery(call, noParameters());
    const [rows] = await call.workspace.read([statement(walletOf())]);
    const { wallet: text } = rowOf<{ wallet: string }>(rows);
    return answer(200, new JsonText(text), "Wallet fetched");
  },
};
