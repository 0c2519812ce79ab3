import { type Answer, ask } from "../outgoing/ask.ts";
import { ProviderFailed } from "../outgoing/provider-failed.ts";
import { TOKEN_REJECTED } from "../outgoing/ask-service.ts";
import type { Access } from "../outgoing/service.ts";
import { type Provider, refusalOf, silence } from "./api-outcome.ts";
import type { Failed } from "./mail.ts";
import { accessToken, type Grant, NoAccess } from "./oauth.ts";

const UNAUTHORIZED = 401;

/** A provider's API, and how it is entered. */
export interface Api {
  provider: Provider;
  access: Access;
}

/** A request without its token. */
export interface Call {
  url: string;
  method: "GET" | "POST" | "PATCH" | "DELETE";
  headers?: Record<string, string>;
  body?: string;
  signal: AbortSignal;
}

/** What came of a request: an answer of success, or what the lack of one means. */
export type Called = { answer: Answer } | { failed: Failed };

/** Access by a grant, whose token is renewed as needed. */
export function grantAccess(provider: Provider, grant: Grant): Access {
  let token: string | null = null;
  return {
    async headers() {
      token ??= await accessToken(provider, grant);
      return { Authorization: `Bearer ${token}` };
    },
    async renew() {
      token = await accessToken(provider, grant, token);
      return true;
    },
    secrets: () => [token ?? "", grant.refreshToken, grant.clientSecret],
  };
}

/**
 * Asks an API (RFC 6750, section 2.1). A token that is refused is renewed once, and the request made
 * again: it was not looked at.
 */
export async function authorized({ provider, access }: Api, call: Call): Promise<Called> {
  try {
    const answer = await entered(call, access);
    const isRenewed = answer.status === UNAUTHORIZED && await access.renew?.() === true;
    return judged(provider, access, isRenewed ? await entered(call, access) : answer);
  } catch (error) {
    return { failed: withoutAnswer(provider, error) };
  }
}

async function entered({ url, headers = {}, ...rest }: Call, access: Access): Promise<Answer> {
  return await ask(url, { ...rest, headers: { ...headers, ...await access.headers() } });
}

function judged(provider: Provider, access: Access, answer: Answer): Called {
  if (answer.status >= 200 && answer.status < 300) return { answer };
  const failed = refusalOf(provider, answer, access.secrets());
  return {
    failed: answer.status === UNAUTHORIZED ? { ...failed, code: TOKEN_REJECTED } : failed,
  };
}

function withoutAnswer(provider: Provider, error: unknown): Failed {
  if (error instanceof NoAccess) return error.outcome;
  if (!(error instanceof ProviderFailed)) return silence(provider, error);
  const { message, code, status } = error;
  return status === UNAUTHORIZED
    ? { state: "refused", error: message, account: true, code }
    : { state: "later", error: message, account: false, retryAfter: null, code };
}
