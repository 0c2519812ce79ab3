import * as z from "zod";
import { type Answer, NoAnswer } from "./ask.ts";
import { type Failing, ProviderFailed } from "./provider-failed.ts";
import { askTokenEndpoint, type GrantedToken, tokenOf } from "./token-endpoint.ts";

/** What a code is exchanged with, and where. */
export interface CodeGrant {
  tokenUrl: string;
  clientId: string;
  clientSecret: string;
  code: string;
  /** Of the challenge that the code was asked for with (RFC 7636). */
  codeVerifier: string;
  redirectUri: string;
}

/** What was granted for a code. */
export interface Granted extends GrantedToken {
  /** Null when they are those that were asked for. */
  scopes: readonly string[] | null;
}

const scoped = z.looseObject({ scope: z.string() });
const refusal = z.looseObject({ error: z.string().regex(/^[a-z_]{1,60}$/) });

/**
 * Exchanges a code for tokens (RFC 6749, section 4.1.3; RFC 7636, section 4.5); where that is refused, answers the
 * service's error. Throws ProviderFailed, which says whether the code may be used.
 */
export async function grantedByCode(
  name: string,
  grant: CodeGrant,
): Promise<Granted | { refused: string }> {
  const answer = await asked(name, grant);
  const token = tokenOf(answer);
  if (token !== null) {
    const scopes = scoped.safeParse(answer.body).data?.scope.split(" ") ?? null;
    return { ...token, scopes };
  }
  const { status, body } = answer;
  if (status >= 400 && status < 500 && status !== 429) {
    return { refused: refusal.safeParse(body).data?.error ?? String(status) };
  }
  const mayHaveHappened = status < 300 || status >= 500;
  throw failed(name, { status, code: null, mayHaveHappened });
}

async function asked(name: string, grant: CodeGrant): Promise<Answer> {
  try {
    return await askTokenEndpoint(grant, {
      grant_type: "authorization_code",
      code: grant.code,
      code_verifier: grant.codeVerifier,
      redirect_uri: grant.redirectUri,
    });
  } catch (error) {
    if (!(error instanceof NoAnswer)) throw error;
    const { message, mayHaveArrived: mayHaveHappened } = error;
    throw failed(name, { status: null, code: null, mayHaveHappened }, ` ${message}`);
  }
}

function failed(name: string, failing: Failing, why = ""): ProviderFailed {
  return new ProviderFailed(`${name}: the consent could not be completed.${why}`, failing);
}
