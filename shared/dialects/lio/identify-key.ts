import type { Denial } from "../../auth/authenticate.ts";
import { clientAddress } from "../../auth/client-address.ts";
import type { Call } from "../../http/call.ts";
import { DEFAULT_LIMIT, type LioCaller } from "./caller.ts";
import { refusal } from "./errors.ts";
import { identify } from "./identify.ts";

const DENIALS: Readonly<Record<Denial, readonly [code: string, message: string]>> = {
  missing: ["invalid_api_key", "This API key is not valid; check that the whole of it was copied."],
  malformed: [
    "invalid_api_key",
    "This API key is not valid; check that the whole of it was copied.",
  ],
  unknown: ["invalid_api_key", "This API key does not exist."],
  revoked: ["invalid_api_key", "This API key has been revoked."],
  expired: ["expired_api_key", "This API key has expired."],
  address: ["ip_not_allowed", "This API key may not be used from your IP address."],
};

/** The holder of the key of `x-api-key`, else the user who signed in (decisions: 2). Throws Refusal. */
export async function identifyWithKey(call: Call<LioCaller>): Promise<LioCaller> {
  return await holderOf(call, call.request.headers.get("x-api-key"));
}

/** Likewise, where a page in a frame may name the key by `?api_key=`. */
export async function identifyInFrame(call: Call<LioCaller>): Promise<LioCaller> {
  const header = call.request.headers.get("x-api-key");
  return await holderOf(call, header ?? call.query.get("api_key"));
}

async function holderOf(call: Call<LioCaller>, key: string | null): Promise<LioCaller> {
  const { request, services } = call;
  if (key === null) {
    if (request.headers.has("authorization")) return await identify(call);
    const message = "No API key; send the header x-api-key: <key>, or a token.";
    throw refusal("unauthenticated", "api_key_missing", message, { challenge: "Bearer" });
  }
  const found = await services.authenticator.authenticate(
    `Bearer ${key.trim()}`,
    () => clientAddress(request, services.clientAddress),
    "lio",
  );
  if (typeof found === "string") throw refusal("forbidden", ...DENIALS[found]);
  const { workspaceId, keyId, scopes, rateLimit, allowedDomains } = found;
  if (allowedDomains !== null && !isAllowed(request, allowedDomains)) {
    const message = "This API key may not be used from this domain.";
    throw refusal("forbidden", "domain_not_allowed", message);
  }
  return {
    workspaceId,
    actor: { kind: "key", id: keyId },
    scopes,
    user: null,
    limit: {
      subject: keyId,
      limit: rateLimit ?? DEFAULT_LIMIT,
      seconds: 60,
      name: "requests_per_minute",
      policy: "key",
    },
  };
}

function isAllowed({ headers }: Request, domains: readonly string[]): boolean {
  const from = headers.get("origin") ?? headers.get("referer") ?? "";
  const host = URL.canParse(from) ? new URL(from).hostname.toLowerCase() : "";
  return host !== "" &&
    domains.some((domain) =>
      domain.startsWith("*.") ? host.endsWith(domain.slice(1)) : host === domain
    );
}
