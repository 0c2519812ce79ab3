import { randomUUID } from "node:crypto";
import * as z from "zod";
import { connectAccount } from "../../../connected/connect.ts";
import {
  authorizationUrl,
  type Consent,
  consentedAccount,
  CONSENTS,
} from "../../../connected/consents.ts";
import { connectedAccounts } from "../../../crm/connected-accounts.ts";
import { domainError, requireRecord, selectRecord } from "../../../crm/records.ts";
import { DatabaseUnavailable } from "../../../db/errors.ts";
import type { Statement } from "../../../db/wire/pipeline.ts";
import { jsonBody, SINGLE_LIMIT } from "../../../http/body.ts";
import type { Call } from "../../../http/call.ts";
import { writeOutside } from "../../../http/outgoing-write.ts";
import { noParameters, parseQuery } from "../../../http/query.ts";
import { lazy } from "../../../memory/lazy.ts";
import { ProviderFailed } from "../../../providers/outgoing/provider-failed.ts";
import { InvalidInput } from "../../../refusals/errors.ts";
import { type Facts, type Kind, Refusal } from "../../../refusals/refusal.ts";
import { collectMistakes, validated } from "../../../refusals/validation.ts";
import type { LumenbaseCaller } from "../caller.ts";
import { answer } from "../envelope.ts";
import type { SessionOperation } from "../sessions/contract.ts";
import { userOf } from "../sessions/session.ts";
import { consentBody, consentMistakes, type GivenConsent } from "./consent-body.ts";
import { secretsOf } from "./operations.ts";

const RETRY_SECONDS = 30;
/** The code of a failure after which the code of the consent is not good any more, or may not be. */
const SPENT = "consent_spent";

const offered = lazy(() =>
  z.object({
    items: z.array(z.object({
      provider: z.enum(CONSENTS),
      authorization_url: z.url().meta({
        description: "The page of consent, but for `redirect_uri`, `state`, `code_challenge` and " +
          "`code_challenge_method` (S256), which whoever sends people there adds.",
      }),
    })),
  }).meta({ id: "OfferedConsents" })
);

/** GET: what the user may connect by consent, and where they consent. */
export const listConsents: SessionOperation = {
  kind: "read",
  get contract() {
    return {
      action: "consents" as const,
      summary: "List what can be connected by consent",
      text:
        "What the user may connect at the page of its provider: accounts for which this server " +
        "is an app that was registered with Google or Microsoft.",
      answer: offered(),
    };
  },
  run(call) {
    parseQuery(noParameters(), call.query);
    const { env } = call.services;
    const items = CONSENTS.filter((consent) => whyNot(consent, call.caller) === null)
      .map((provider) => ({ provider, authorization_url: authorizationUrl(provider, env) }))
      .filter(({ authorization_url }) => authorization_url !== null);
    return Promise.resolve(answer(call, 200, { items }));
  },
};

/** POST: connects what a user consented to, in place of the one before; 201. */
export const connectByConsent: SessionOperation = {
  kind: "write",
  body: jsonBody(SINGLE_LIMIT),
  get contract() {
    return {
      action: "connect" as const,
      summary: "Connect an account by consent",
      text: "Exchanges the `code` with which the page of consent came back (RFC 6749, 4.1) for " +
        "tokens, which stay here: a mail account or a calendar becomes the user's, `teams` the " +
        "workspace's, for Admins. A code is good once, and for minutes: after a 503 whose " +
        `\`details.code\` is \`${SPENT}\`, consent has to be asked for again.`,
      body: consentBody(),
      answer: connectedAccounts.schema,
    };
  },
  async run(call) {
    const [, given] = collectMistakes(
      () => parseQuery(noParameters(), call.query),
      () => validated(consentBody(), call.object()),
    );
    const mistakes = consentMistakes(given);
    if (mistakes.length > 0) throw new InvalidInput(mistakes);
    const forbidden = whyNot(given.provider, call.caller);
    if (forbidden !== null) throw new Refusal("forbidden", forbidden);
    let isSpent = false;
    try {
      return await writeOutside<Statement>(call, {
        // Nothing is stored before, for which there would be an id.
        prepare: () => Promise.resolve(randomUUID()),
        async act() {
          const connecting = await connection(call, given);
          isSpent = true;
          return connecting;
        },
        async settle(transaction, _, connecting) {
          const [[made] = []] = await transaction.run([connecting]);
          const id = String(made?.id);
          const [rows] = await transaction.run([selectRecord(connectedAccounts, id)]);
          return answer(call, 201, requireRecord(connectedAccounts, id, rows));
        },
        release: () => Promise.resolve(),
      });
    } catch (error) {
      throw domainError(connectedAccounts, awaited(error, isSpent));
    }
  },
};

// As every answer of 503 has it.
function awaited(error: unknown, isSpent: boolean): unknown {
  if (error instanceof DatabaseUnavailable && isSpent) {
    return spent("unavailable", "The account could not be kept.", {}, error);
  }
  if (!(error instanceof ProviderFailed)) return error;
  const { kind, message, facts, mayHaveHappened } = error;
  if (mayHaveHappened) return spent(kind, message, facts);
  return new Refusal(kind, message, { ...facts, retry_after: RETRY_SECONDS });
}

function spent(kind: Kind, message: string, facts: Facts, cause?: Error): Refusal {
  const about = { ...facts, code: SPENT, retry_after: RETRY_SECONDS };
  return new Refusal(kind, `${message} Ask for consent again.`, about, { cause });
}

async function connection(call: Call<LumenbaseCaller>, given: GivenConsent): Promise<Statement> {
  const secrets = secretsOf(call);
  const { userId } = userOf(call);
  const account = await consentedAccount(given.provider, given, userId, call.services.env);
  return await connectAccount(secrets, call.workspace.id, account);
}

/** Why the user may not connect it; null when they may. */
function whyNot(consent: Consent, { userRole }: LumenbaseCaller): string | null {
  if (userRole === "viewer") return "Your role reads only, and connects nothing.";
  if (consent !== "teams" || userRole === "admin") return null;
  return "An Admin connects the workspace's account.";
}
