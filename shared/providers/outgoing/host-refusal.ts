import type { FieldError } from "../../refusals/field-error.ts";
import { checkedAddresses, HostRefused, HostUnknown } from "./host.ts";
import { isWithin, type Networks } from "./networks.ts";

const LOOK_UP_MS = 3_000;

/**
 * Why a host that somebody gives in a field may not be connected to; nothing when it may. Without TLS it must be
 * an address in the private networks. One that has no address now, or whose look-up takes longer than 3 s, is
 * checked again whenever it is connected to.
 */
export async function hostRefusal(
  field: string,
  host: string,
  { networks, isPlain }: { networks: Networks; isPlain: boolean },
): Promise<FieldError[]> {
  if (isPlain && !isWithin(host, networks)) {
    const message = "Without TLS it must be an address in OUTBOUND_PRIVATE_NETWORKS.";
    return [{ field, message }];
  }
  let timer: ReturnType<typeof setTimeout> | undefined;
  const patience = new Promise<void>((resolve) => {
    timer = setTimeout(resolve, LOOK_UP_MS);
  });
  try {
    await Promise.race([checkedAddresses(host, { networks }), patience]);
    return [];
  } catch (error) {
    if (error instanceof HostUnknown) return [];
    if (!(error instanceof HostRefused)) throw error;
    return [{ field, message: `${error.message} Give one on the public internet.` }];
  } finally {
    clearTimeout(timer);
  }
}
