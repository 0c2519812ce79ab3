import * as z from "zod";
import { type Api, generateApiKey } from "../../../auth/api-key.ts";
import { MOST_OVERLAP_SECONDS } from "../../../crm/keys/key-api.ts";
import { keys, replaceKey } from "../../../crm/keys/keys.ts";
import type { Fields } from "../../../crm/plan.ts";
import { requireRecord, selectRecord } from "../../../crm/records.ts";
import { uuid } from "../../../crm/values/fields.ts";
import { timestamp } from "../../../crm/values/record-schema.ts";
import { jsonBody, SINGLE_LIMIT } from "../../../http/body.ts";
import { parseQuery } from "../../../http/query.ts";
import { transact } from "../../../http/write.ts";
import { lazy } from "../../../memory/lazy.ts";
import { Conflict } from "../../../refusals/errors.ts";
import { collectMistakes, validated } from "../../../refusals/validation.ts";
import type { LumenbaseOperation } from "../contract.ts";
import { answer } from "../envelope.ts";

const HOUR = 3_600;
const MOST_HOURS = MOST_OVERLAP_SECONDS / HOUR;
const RANGE = `Must be a number of hours from 0 to ${MOST_HOURS}`;

const parameters = lazy(() => z.strictObject({ id: uuid() }));
const body = lazy(() =>
  z.strictObject({
    overlap_hours: z.number(RANGE).min(0, RANGE).max(MOST_HOURS, RANGE).default(24),
  })
);
const answered = lazy(() =>
  keys.schema.extend({ key: z.string(), previous_key_expires_at: timestamp })
);

/**
 * POST: replaces the key of `?id=` by a new one, which is told this once; the one before works for
 * `overlap_hours` more (and up to 10 s, for which functions remember it).
 */
export const rotateKey: LumenbaseOperation = {
  kind: "write",
  body: jsonBody(SINGLE_LIMIT),
  get contract() {
    return {
      action: "rotate" as const,
      resource: keys,
      parameters: parameters(),
      body: body(),
      answer: answered(),
    };
  },
  run(call) {
    const [{ id }, { overlap_hours }] = collectMistakes(
      () => parseQuery(parameters(), call.query),
      () => validated(body(), call.object()),
    );
    return transact(call, async (transaction) => {
      const [found] = await transaction.run([selectRecord(keys, id)]);
      const before = requireRecord(keys, id, found);
      const made = generateApiKey(before.api as Api);
      const [[row] = []] = await transaction.run([replaceKey(id, made, overlap_hours * HOUR)]);
      const [old, rotated] = await transaction.run([
        selectRecord(keys, id),
        selectRecord(keys, String(row?.id ?? id)),
      ]);
      const replaced = requireRecord(keys, id, old);
      if (!row?.id) throw new Conflict([{ field: "id", message: whyNot(replaced) }]);
      const data = {
        ...requireRecord(keys, String(row.id), rotated),
        key: made.key,
        previous_key_expires_at: replaced.expires_at,
      };
      return { ...answer(call, 200, data), confidential: true };
    });
  },
};

function whyNot({ state, rotated_to }: Fields): string {
  if (rotated_to && state !== "revoked") {
    return `Was rotated already; rotate ${String(rotated_to)}, which replaced it.`;
  }
  return `Is ${String(state)} and cannot be rotated; make a new key.`;
}
