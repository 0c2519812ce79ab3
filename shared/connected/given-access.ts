import { renewedToken } from "../providers/outgoing/token-endpoint.ts";
import { type Access, bearer } from "../providers/outgoing/service.ts";
import type { Mailer } from "./account.ts";
import { nameOf, tokenUrlOf } from "./providers.ts";

/** Tokens as somebody gives them, before they are stored. */
export interface GivenTokens {
  access_token: string;
  refresh_token?: string | undefined;
  client_id?: string | undefined;
  client_secret?: string | undefined;
  expires_at?: string | undefined;
}

/** The access by tokens that are not stored yet, and the tokens as they are then: renewed where that was needed. */
export function givenAccess(
  provider: Mailer,
  given: GivenTokens,
  env: Readonly<Record<string, string | undefined>>,
): { access: Access; tokens: () => GivenTokens } {
  let tokens = given;
  const tokenUrl = tokenUrlOf(provider, env);
  async function renew(): Promise<boolean> {
    const { refresh_token: refreshToken, client_id = "", client_secret = "" } = tokens;
    if (tokenUrl === null || refreshToken === undefined) return false;
    const grant = { tokenUrl, clientId: client_id, clientSecret: client_secret, refreshToken };
    const renewed = await renewedToken(nameOf(provider), grant);
    if (renewed === null) return false;
    tokens = {
      ...tokens,
      access_token: renewed.token,
      refresh_token: renewed.refreshToken ?? refreshToken,
      expires_at: new Date(Date.now() + renewed.seconds * 1000).toISOString(),
    };
    return true;
  }
  const access: Access = {
    headers: () => bearer(tokens.access_token).headers(),
    renew,
    secrets: () => Object.values(tokens).filter((one) => one !== undefined),
  };
  return { access, tokens: () => tokens };
}
