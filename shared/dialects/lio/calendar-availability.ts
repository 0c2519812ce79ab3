import { scope } from "../../http/operation.ts";
import { router } from "../../http/router.ts";
import { askedOf, availability, shownSlots, slotParameters, slotsOf } from "./availability.ts";
import { hostById } from "./booking-host.ts";
import { type LioCaller, userOf } from "./caller.ts";
import type { LioOperation } from "./contract.ts";
import { answer } from "./envelope.ts";
import { readQuery } from "./reading.ts";

/** GET: when the user who asks can be met, whether or not visitors may book them (decisions: 17). */
const own: LioOperation = {
  kind: "read",
  get contract() {
    return {
      id: "getAvailability",
      summary: "Get your available slots",
      query: slotParameters(),
      answers: { 200: availability() },
      refusals: ["provider_failed" as const, "unavailable" as const],
    };
  },
  async run(call) {
    const query = readQuery(call, slotParameters());
    const { userId } = userOf(call.caller);
    const now = Date.now();
    const host = await hostById(call, userId);
    const asked = askedOf(query, host.profile, null, now);
    const free = await slotsOf(call, host, asked, now);
    return answer(200, shownSlots(host.profile, asked, free), "Availability fetched");
  },
};

/** When users can be met (spec: Availability slots). */
export default router<LioCaller>("/api/calendar/availability").get("/", scope("own"), own);
