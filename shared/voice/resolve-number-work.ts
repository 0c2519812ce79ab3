import {
  purchaseCancelling,
  purchaseEnding,
  type StoredPurchase,
  storedPurchase,
} from "../crm/phone-numbers.ts";
import { statement } from "../db/sql.ts";
import { rowsOf } from "../db/wire/rows.ts";
import { RetryLater, type Work } from "../jobs/work.ts";
import { boughtNumber } from "../providers/voice/numbers.ts";
import { twilio } from "../providers/voice/twilio.ts";
import { numberAddresses } from "./addresses.ts";

/** A purchase that was begun more lately than that may be under way, and has a job of its own. */
const UNDER_WAY_SECONDS = 500;

/** The work of jobs that find out what became of the purchase of the number `{id}`. */
export const resolveNumberWork: Work = {
  retryAfter: [60, 300, 1_800, 7_200, 21_600, 43_200, 86_400, 86_400, 86_400],
  async run({ payload }, { workspace, env, publicUrl, done }) {
    const id = String(payload.id);
    const [rows] = await workspace.read([statement(storedPurchase(id))]);
    const [purchase] = rowsOf<StoredPurchase>(rows);
    if (purchase === undefined || purchase.is_owned || purchase.age < UNDER_WAY_SECONDS) return;
    const service = twilio(env);
    if (service === null) throw new RetryLater("Twilio is not configured.");
    const { ring: voiceUrl } = numberAddresses(publicUrl, { workspaceId: workspace.id, id });
    const bought = await boughtNumber(service, { phoneNumber: purchase.phone_number, voiceUrl });
    const ending = bought === null
      ? purchaseCancelling(id)
      : purchaseEnding(id, bought.sid, bought.capabilities);
    await workspace.write([statement(ending), done]);
  },
};
