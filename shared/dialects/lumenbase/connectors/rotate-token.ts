import { transact } from "../../../http/write.ts";
import { answer } from "../envelope.ts";
import * as z from "zod";
import { connectors } from "../../../connectors/connectors.ts";
import {
  dropEndedTokens,
  endTokens,
  newToken,
  tokenUrl,
} from "../../../connectors/connector-rows.ts";
import { selectConnector, theConnector } from "../../../connectors/stored-connector.ts";
import { uuid } from "../../../crm/values/fields.ts";
import { timestamp } from "../../../crm/values/record-schema.ts";
import { collectMistakes, validated } from "../../../refusals/validation.ts";
import { jsonBody, SINGLE_LIMIT } from "../../../http/body.ts";
import type { LumenbaseOperation } from "../contract.ts";
import { parseQuery } from "../../../http/query.ts";

const MOST_SECONDS = 30 * 86_400;
const RANGE = `Must be a whole number of seconds from 0 to ${MOST_SECONDS}`;

const parameters = z.strictObject({ id: uuid() });
const body = z.strictObject({
  overlap_seconds: z.int(RANGE).min(0, RANGE).max(MOST_SECONDS, RANGE).default(86_400),
});

/**
 * POST: gives the connector of `?id=` a new token, which is told this once; the ones before work for
 * `overlap_seconds` more (and up to 10 s, for which functions remember them).
 */
export const rotateToken: LumenbaseOperation = {
  kind: "write",
  body: jsonBody(SINGLE_LIMIT),
  contract: {
    action: "rotateToken",
    resource: connectors,
    parameters,
    body,
    answer: z.object({
      token: z.string(),
      url: z.string(),
      previous_token_expires_at: timestamp.nullable(),
    }),
  },
  run(call) {
    const [{ id }, { overlap_seconds }] = collectMistakes(
      () => parseQuery(parameters, call.query),
      () => validated(body, call.object()),
    );
    return transact(call, async (transaction) => {
      const [stored] = await transaction.run([selectConnector({ id }, true)]);
      const { target } = theConnector({ id }, stored);
      const { token, statement } = newToken(id);
      transaction.queue(dropEndedTokens(id));
      const [ended] = await transaction.run([endTokens(id, overlap_seconds), statement]);
      const data = {
        token,
        url: tokenUrl(call.services.publicUrl, target, token),
        previous_token_expires_at: ended?.[0]?.expires_at ?? null,
      };
      return { ...answer(call, 200, data), confidential: true };
    });
  },
};
