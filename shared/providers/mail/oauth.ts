import { createHash } from "node:crypto";
import * as z from "zod";
import { BoundedMap } from "../../memory/bounded-map.ts";
import { type Provider, refusalOf } from "./api-outcome.ts";
import { type Answer, NoAnswer } from "../outgoing/ask.ts";
import { askForToken, type RefreshGrant, tokenOf } from "../outgoing/token-endpoint.ts";
import type { Unseen } from "./mail.ts";
import { unseen } from "./unseen.ts";

const MOST_ACCOUNTS = 1_000;
// A token is not used in its last minute, in which it may end on its way.
const MARGIN_SECONDS = 60;

/** Whose access is renewed where. */
export interface Grant extends RefreshGrant {
  /** Told a refresh token that replaces the one used (RFC 6749, section 6). */
  rotated(refreshToken: string): void;
}

/** The access could not be renewed. */
export class NoAccess extends Error {
  override name = "NoAccess";
  constructor(readonly outcome: Unseen) {
    super(outcome.error);
  }
}

interface Access {
  token: Promise<string>;
  /** In milliseconds since 1970; while it is being renewed, never. */
  until: number;
}

const refused = z.looseObject({ error: z.string(), error_description: z.string().optional() });

const accesses = new BoundedMap<string, Access>(MOST_ACCOUNTS);

/**
 * An access token by a refresh token (RFC 6749, section 6), kept until it expires; who asks while it is
 * being renewed waits for the same one. `stale`, a token that was refused, is not answered again.
 * Throws NoAccess.
 */
export async function accessToken(
  provider: Provider,
  grant: Grant,
  stale: string | null = null,
): Promise<string> {
  const key = keyOf(grant);
  const known = accesses.get(key);
  if (known !== undefined && known.until > Date.now()) {
    const token = await known.token;
    if (token !== stale) return token;
  }
  const latest = accesses.get(key);
  // Somebody else has begun to renew it meanwhile.
  if (latest !== undefined && latest !== known) return await latest.token;
  return await renewing(provider, grant, key).token;
}

function renewing(provider: Provider, grant: Grant, key: string): Access {
  const access: Access = { token: Promise.resolve(""), until: Infinity };
  access.token = renewed(provider, grant).then(({ token, seconds, refreshToken }) => {
    access.until = Date.now() + (seconds - MARGIN_SECONDS) * 1000;
    if (refreshToken !== undefined && refreshToken !== grant.refreshToken) {
      accesses.set(keyOf({ ...grant, refreshToken }), access);
      grant.rotated(refreshToken);
    }
    return token;
  });
  accesses.set(key, access);
  access.token.catch(() => {
    if (accesses.get(key) === access) accesses.delete(key);
  });
  return access;
}

async function renewed(provider: Provider, grant: Grant) {
  const answer = await asked(provider, grant);
  const token = tokenOf(answer);
  if (token !== null) return token;
  throw new NoAccess(refusal(provider, answer, [grant.clientSecret, grant.refreshToken]));
}

async function asked(provider: Provider, grant: Grant): Promise<Answer> {
  try {
    return await askForToken(grant);
  } catch (error) {
    if (!(error instanceof NoAnswer)) throw error;
    const words = `${provider.name}: the access could not be renewed. ${error.message}`;
    throw new NoAccess({ state: "later", error: words, account: false, retryAfter: null });
  }
}

// RFC 6749, section 5.2: the client or the refresh token is wrong, expired or was withdrawn.
function refusal(
  { name }: Provider,
  answer: Answer,
  secrets: readonly string[],
): Unseen {
  const tokens: Provider = {
    name: `${name}'s renewal of the access`,
    reason(body) {
      const { error, error_description: why } = refused.safeParse(body).data ?? {};
      return error === undefined ? undefined : why === undefined ? error : `${error} (${why})`;
    },
    passing: (body) => refused.safeParse(body).data?.error === "temporarily_unavailable",
    atFault: () => true,
  };
  return unseen(refusalOf(tokens, answer, secrets));
}

function keyOf({ tokenUrl, clientId, clientSecret, refreshToken }: Grant): string {
  const all = JSON.stringify([tokenUrl, clientId, clientSecret, refreshToken]);
  return createHash("sha256").update(all).digest("base64");
}
