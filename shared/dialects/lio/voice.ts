import { scope } from "../../http/operation.ts";
import { router } from "../../http/router.ts";
import type { LioCaller } from "./caller.ts";
import { list } from "./lists.ts";
import { assignNumber } from "./voice-assign.ts";
import { listAvailableNumbers } from "./voice-available.ts";
import { phoneNumber } from "./voice-number-view.ts";
import { purchaseNumber } from "./voice-purchase.ts";
import { getWallet } from "./voice-wallet.ts";

/** Phone numbers, and what they are paid from (spec: Voice and calling). */
export default router<LioCaller>("/api/voice")
  .get("/available-numbers", scope("read"), listAvailableNumbers)
  .get(
    "/my-numbers",
    scope("read"),
    list(phoneNumber, {
      id: "listPhoneNumbers",
      summary: "List the organisation's phone numbers",
      plural: "Phone numbers",
      // Until it is bought, it is none of them.
      seen: () => [{ is: "present", column: "sid" }],
      sorts: ["id", "created_at"],
    }),
  )
  .post("/purchase-number", scope("manage"), purchaseNumber)
  .post("/assign-number", scope("manage"), assignNumber)
  .get("/wallet", scope("read"), getWallet);
