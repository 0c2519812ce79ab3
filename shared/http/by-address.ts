import { clientAddress } from "../auth/client-address.ts";
import { clientNetwork } from "../auth/client-network.ts";
import type { Call } from "./call.ts";
import type { CallLimit } from "./caller.ts";
import { limitSubject } from "./limit-subject.ts";

/** Where a request comes from; null when that is not known. */
export function networkOf(
  { request, services }: Pick<Call, "request" | "services">,
): string | null {
  const address = clientAddress(request, services.clientAddress);
  return address && clientNetwork(address);
}

/**
 * Counts a request of an API's public route for the client's address, whose limit is answered, and towards
 * others. Throws Refusal when it is over one.
 */
export async function countByAddress(
  call: Call,
  api: string,
  ...others: CallLimit[]
): Promise<CallLimit> {
  const limit: CallLimit = {
    subject: limitSubject(`${api} ${networkOf(call) ?? ""}`),
    limit: call.services.publicRequestsPerMinute,
    seconds: 60,
    name: "requests_per_minute",
    policy: "address",
  };
  call.quota.limits = [limit, ...others];
  await call.quota.count();
  return limit;
}
