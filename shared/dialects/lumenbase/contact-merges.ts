import * as z from "zod";
import {
  contactMerges,
  mergeContacts,
  MERGED_FIELDS,
  mergeError,
  mergeOf,
  mergeSchema,
  undoMerge,
  undoneSchema,
} from "../../crm/contact-merges.ts";
import { contacts } from "../../crm/contacts.ts";
import { requireRecord, selectRecord } from "../../crm/records.ts";
import { uuid } from "../../crm/values/fields.ts";
import { jsonBody, SINGLE_LIMIT } from "../../http/body.ts";
import type { Outcome } from "../../http/call.ts";
import { parseQuery } from "../../http/query.ts";
import { transact, write } from "../../http/write.ts";
import { lazy } from "../../memory/lazy.ts";
import { InvalidInput } from "../../refusals/errors.ts";
import { collectMistakes, validated } from "../../refusals/validation.ts";
import type { LumenbaseOperation } from "./contract.ts";
import { dryRunParameter, rehearsal } from "./dry-run.ts";
import { answer } from "./envelope.ts";

const parameters = lazy(() => z.strictObject({ dry_run: dryRunParameter() }));
const byIdParameters = lazy(() => z.strictObject({ id: uuid(), dry_run: dryRunParameter() }));

const body = lazy(() => {
  const choice = z.enum(["keep", "merge"], "Must be keep or merge").optional();
  return z.strictObject({
    keep_id: uuid(),
    merge_id: uuid(),
    fields: z.strictObject(Object.fromEntries(MERGED_FIELDS.map((name) => [name, choice])))
      .optional().meta({
        description: "Whose value a field has afterwards, where it is not to be the kept " +
          "contact's or, where that has none, the other's.",
      }),
  });
});

/** POST: merges the contact `merge_id` into `keep_id`; answers that one with what became of it all. */
export const mergeContact: LumenbaseOperation = {
  kind: "write",
  body: jsonBody(SINGLE_LIMIT),
  get contract() {
    return {
      action: "merge" as const,
      resource: contactMerges,
      parameters: parameters(),
      body: body(),
      answer: contacts.schema.extend({ merge: mergeSchema() }),
    };
  },
  async run(call) {
    const [{ dry_run }, { keep_id, merge_id, fields = {} }] = collectMistakes(
      () => parseQuery(parameters(), call.query),
      () => validated(body(), call.object()),
    );
    if (keep_id.toLowerCase() === merge_id.toLowerCase()) {
      throw new InvalidInput([{ field: "merge_id", message: "Must not be the kept contact." }]);
    }
    const read = selectRecord(contacts, keep_id);
    const statements = [read, mergeContacts(keep_id, merge_id, fields), read];
    return await orBrokenRule(() =>
      write(call, statements, ([before, merged, after]) => {
        const merge = mergeOf(merged);
        const data = requireRecord(contacts, keep_id, after);
        if (!dry_run) return answer(call, 200, { ...data, merge });
        const { id: _, undo_until: __, ...would } = merge;
        const told = rehearsal({ outcome: "updated", id: keep_id, data }, before?.[0]);
        return answer(call, 200, { ...told, outcome: "updated", merge: would });
      }, dry_run)
    );
  },
};

/** POST: undoes the merge of `?id=`; answers the contact that is back. */
export const undoContactMerge: LumenbaseOperation = {
  kind: "write",
  get contract() {
    return {
      action: "undoMerge" as const,
      resource: contactMerges,
      parameters: byIdParameters(),
      answer: contacts.schema.extend({ undone: undoneSchema() }),
    };
  },
  async run(call) {
    const { id, dry_run } = parseQuery(byIdParameters(), call.query);
    return await orBrokenRule(() =>
      transact(call, async (transaction) => {
        const [rows] = await transaction.run([undoMerge(id)]);
        const { merged_id, ...undone } = requireRecord(contactMerges, id, rows);
        const merged = String(merged_id);
        const [stored] = await transaction.run([selectRecord(contacts, merged)]);
        const data = requireRecord(contacts, merged, stored);
        if (!dry_run) return answer(call, 200, { ...data, undone });
        const told = { dry_run: true, outcome: "created", id: merged, record: data, undone };
        return answer(call, 200, told);
      }, dry_run)
    );
  },
};

async function orBrokenRule(work: () => Promise<Outcome>): Promise<Outcome> {
  try {
    return await work();
  } catch (error) {
    throw mergeError(error);
  }
}
