import { type Provider, refusalOf, silence } from "./api-outcome.ts";
import { type Answer, ask } from "../outgoing/ask.ts";
import type { Failed } from "./mail.ts";
import { accessToken, type Grant, NoAccess } from "./oauth.ts";

const UNAUTHORIZED = 401;

/** A provider's API, entered by an access token that is renewed as needed. */
export interface Api {
  provider: Provider;
  grant: Grant;
}

/** A request without its token. */
export interface Call {
  url: string;
  method: "GET" | "POST";
  headers?: Record<string, string>;
  body?: string;
  signal: AbortSignal;
}

/** What came of a request: an answer of success, or what the lack of one means. */
export type Called = { answer: Answer } | { failed: Failed };

/**
 * Asks an API (RFC 6750, section 2.1). A token that is refused is renewed once, and the request made
 * again: it was not looked at.
 */
export async function authorized({ provider, grant }: Api, call: Call): Promise<Called> {
  try {
    const token = await accessToken(provider, grant);
    const answer = await withToken(call, token);
    if (answer.status !== UNAUTHORIZED) return judged(provider, grant, answer, token);
    const next = await accessToken(provider, grant, token);
    return judged(provider, grant, await withToken(call, next), next);
  } catch (error) {
    return { failed: error instanceof NoAccess ? error.outcome : silence(provider, error) };
  }
}

function withToken({ url, headers = {}, ...rest }: Call, token: string): Promise<Answer> {
  return ask(url, { ...rest, headers: { ...headers, Authorization: `Bearer ${token}` } });
}

function judged(provider: Provider, grant: Grant, answer: Answer, token: string): Called {
  if (answer.status >= 200 && answer.status < 300) return { answer };
  const secrets = [token, grant.refreshToken, grant.clientSecret];
  return { failed: refusalOf(provider, answer, secrets) };
}
