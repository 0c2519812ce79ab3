import * as z from "zod";
import { generateApiKey } from "../../../auth/api-key.ts";
import { keyCreation, keyMistakes } from "../../../crm/keys/creation.ts";
import type { KeyApis } from "../../../crm/keys/key-api.ts";
import { endKey, insertKey, keys } from "../../../crm/keys/keys.ts";
import { requireRecord, selectRecord } from "../../../crm/records.ts";
import { uuid } from "../../../crm/values/fields.ts";
import { loadRegistries } from "../../../crm/values/registries.ts";
import { jsonBody, SINGLE_LIMIT } from "../../../http/body.ts";
import { parseQuery } from "../../../http/query.ts";
import { transact } from "../../../http/write.ts";
import { lazy } from "../../../memory/lazy.ts";
import { InvalidInput } from "../../../refusals/errors.ts";
import { collectMistakes, validated } from "../../../refusals/validation.ts";
import type { LumenbaseOperation } from "../contract.ts";
import { dryRunParameter, rehearsal } from "../dry-run.ts";
import { answer } from "../envelope.ts";

const parameters = lazy(() => z.strictObject({ dry_run: dryRunParameter() }));
const byIdParameters = lazy(() => z.strictObject({ id: uuid(), dry_run: dryRunParameter() }));
const answered = lazy(() => keys.schema.extend({ key: z.string() }));

/** POST: makes a key of one of the APIs, which is told this once; 201. */
export function createKey(apis: KeyApis): LumenbaseOperation {
  const body = lazy(() => keyCreation(apis));
  return {
    kind: "write",
    body: jsonBody(SINGLE_LIMIT),
    get contract() {
      return {
        action: "create" as const,
        resource: keys,
        parameters: parameters(),
        body: body(),
        answer: answered(),
        onceOnly: ["key", "prefix"],
      };
    },
    async run(call) {
      await loadRegistries();
      const [{ dry_run }, given] = collectMistakes(
        () => parseQuery(parameters(), call.query),
        () => validated(body(), call.object()),
      );
      const mistakes = keyMistakes(apis, given, Date.now());
      if (mistakes.length > 0) throw new InvalidInput(mistakes);
      const made = generateApiKey(given.api);
      return await transact(call, async (transaction) => {
        const [[row] = []] = await transaction.run([insertKey(given, made)]);
        const id = String(row?.id);
        const [rows] = await transaction.run([selectRecord(keys, id)]);
        const data = requireRecord(keys, id, rows);
        if (!dry_run) {
          return { ...answer(call, 201, { ...data, key: made.key }), confidential: true };
        }
        const { prefix: _, ...draft } = data;
        return answer(call, 200, rehearsal({ outcome: "created", id, data: draft }, undefined));
      }, dry_run);
    },
  };
}

/** DELETE: ends the key of `?id=` for good; running functions notice within 10 seconds. */
export const revokeKey: LumenbaseOperation = {
  kind: "write",
  get contract() {
    return { action: "revoke" as const, resource: keys, parameters: byIdParameters() };
  },
  async run(call) {
    const { id, dry_run } = parseQuery(byIdParameters(), call.query);
    return await transact(call, async (transaction) => {
      const [before, , after] = await transaction.run([
        selectRecord(keys, id),
        endKey(id),
        selectRecord(keys, id),
      ]);
      const data = requireRecord(keys, id, after);
      if (!dry_run) return answer(call, 200, data);
      return answer(call, 200, rehearsal({ outcome: "updated", id, data }, before?.[0]));
    }, dry_run);
  },
};
