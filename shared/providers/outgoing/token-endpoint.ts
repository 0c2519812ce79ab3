import * as z from "zod";
import { type Answer, ask, NoAnswer } from "./ask.ts";
import { ProviderFailed } from "./provider-failed.ts";

// Of a token whose answer does not say (RFC 6749, section 5.1: expires_in is recommended).
const DEFAULT_SECONDS = 300;

/** An app that was registered with a service, and where that grants tokens. */
export interface Registered {
  tokenUrl: string;
  clientId: string;
  clientSecret: string;
}

/** What an access token is renewed with, and where. */
export interface RefreshGrant extends Registered {
  refreshToken: string;
}

/** An access token that was granted. */
export interface GrantedToken {
  token: string;
  /** How long it holds. */
  seconds: number;
  /** Set when it replaces the one used (RFC 6749, section 6). */
  refreshToken: string | undefined;
}

const granted = z.looseObject({
  access_token: z.string().min(1),
  expires_in: z.coerce.number().positive().catch(DEFAULT_SECONDS),
  refresh_token: z.string().min(1).optional(),
});

/** Asks for an access token by a refresh token (RFC 6749, section 6). Throws NoAnswer. */
export async function askForToken(grant: RefreshGrant): Promise<Answer> {
  const refresh_token = grant.refreshToken;
  return await askTokenEndpoint(grant, { grant_type: "refresh_token", refresh_token });
}

/** Asks for tokens by a grant, as an app with a secret (RFC 6749, section 2.3.1). Throws NoAnswer. */
export async function askTokenEndpoint(
  { tokenUrl, clientId, clientSecret }: Registered,
  grant: Readonly<Record<string, string>>,
): Promise<Answer> {
  return await ask(tokenUrl, {
    method: "POST",
    headers: {
      "Content-Type": "application/x-www-form-urlencoded",
      Accept: "application/json",
    },
    body: new URLSearchParams({ ...grant, client_id: clientId, client_secret: clientSecret })
      .toString(),
  });
}

/** The token that an answer grants; null when it grants none. */
export function tokenOf({ status, body }: Answer): GrantedToken | null {
  const token = granted.safeParse(body);
  if (status !== 200 || !token.success) return null;
  const { access_token, expires_in, refresh_token } = token.data;
  return { token: access_token, seconds: expires_in, refreshToken: refresh_token };
}

/** The token of a service that is granted, or null when it is refused for good. Throws ProviderFailed. */
export async function renewedToken(
  name: string,
  grant: RefreshGrant,
): Promise<GrantedToken | null> {
  const answer = await asked(name, grant);
  const token = tokenOf(answer);
  const isRefused = answer.status >= 400 && answer.status < 500 && answer.status !== 429;
  if (token !== null || isRefused) return token;
  const failing = { status: answer.status, code: null, mayHaveHappened: false };
  throw new ProviderFailed(`${name}: the access could not be renewed.`, failing);
}

async function asked(name: string, grant: RefreshGrant): Promise<Answer> {
  try {
    return await askForToken(grant);
  } catch (error) {
    if (!(error instanceof NoAnswer)) throw error;
    const failing = { status: null, code: null, mayHaveHappened: false };
    const words = `${name}: the access could not be renewed. ${error.message}`;
    throw new ProviderFailed(words, failing);
  }
}
