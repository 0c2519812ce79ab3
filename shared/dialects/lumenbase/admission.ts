import type { Call } from "../../http/call.ts";
import { denied, keyHolder } from "../../http/key-holder.ts";
import { Refusal } from "../../refusals/refusal.ts";
import type { LumenbaseCaller } from "./caller.ts";
import { grants, type Scope } from "../../crm/scopes.ts";

/** The caller behind an API key. Throws Refusal without a valid one, or from another address. */
export async function identifyKey(
  call: Pick<Call, "request" | "services">,
): Promise<LumenbaseCaller> {
  return await identifyAgain(call);
}

/** Likewise, by a key that was read at most `maxAge` milliseconds ago. */
export async function identifyAgain(
  call: Pick<Call, "request" | "services">,
  maxAge?: number,
): Promise<LumenbaseCaller> {
  const { workspaceId, keyId, scopes, requestsPerMinute } = await keyHolder(
    call,
    "lumenbase",
    maxAge,
  );
  return { workspaceId, actor: { kind: "key", id: keyId }, scopes, requestsPerMinute };
}

/** The caller behind a connector's token. Throws Refusal without a valid one. */
export async function identifyToken(
  { services }: Pick<Call, "services">,
  token: string,
): Promise<LumenbaseCaller> {
  const found = await services.tokens.authenticate(token);
  if (typeof found === "string") throw denied(found, "connector token");
  const { workspaceId, scopes, requestsPerMinute, connector } = found;
  const actor = { kind: "connector" as const, id: connector.id };
  return { workspaceId, actor, scopes, requestsPerMinute, connector };
}

/** Throws Refusal unless the caller's scopes cover the one that is needed. */
export function requireScope(
  { scopes, connector }: Pick<LumenbaseCaller, "scopes" | "connector">,
  needed: string,
): void {
  if (grants(scopes, needed as Scope)) return;
  const lacking = connector === undefined
    ? `This API key lacks the scope ${needed}.`
    : "This connector token is for the other ingest endpoint; paste its URL as it was given.";
  throw new Refusal("forbidden", lacking, { required_scope: needed });
}
