import * as z from "zod";
import { TOO_MANY_TAGS } from "../../db/errors.ts";
import type { Sql } from "../../db/sql.ts";
import { leadTagging, leadUntagging } from "../../crm/leads.ts";
import { domainError } from "../../crm/records.ts";
import { MOST_TAGS, tagName } from "../../crm/values/tag-names.ts";
import { writeThenSelect } from "../../crm/views/statements.ts";
import { JsonText } from "../../formats/json-text.ts";
import { jsonBody, SINGLE_LIMIT } from "../../http/body.ts";
import type { Call, Outcome } from "../../http/call.ts";
import { noParameters, parseQuery } from "../../http/query.ts";
import { write } from "../../http/write.ts";
import { lazy } from "../../memory/lazy.ts";
import { RecordNotFound } from "../../refusals/errors.ts";
import { unstorableText } from "../../refusals/storable.ts";
import { collectMistakes, validated } from "../../refusals/validation.ts";
import type { LeadHubOperation } from "./contract.ts";
import { answer } from "./envelope.ts";
import { lead } from "./lead-view.ts";
import { pathNumber } from "./path-number.ts";
import { oneRecord } from "./schemas.ts";

const body = lazy(() => z.strictObject({ tag: tagName() }));

const constraints = {
  [TOO_MANY_TAGS]: { field: "tag", message: `A lead has at most ${MOST_TAGS} tags.` },
};

/** POST: gives a lead a tag, which is made when new (spec: Add a Tag to a Lead). */
export const addTag: LeadHubOperation = {
  kind: "write",
  body: jsonBody(SINGLE_LIMIT),
  get contract() {
    return {
      id: "addLeadTag",
      summary: "Add a tag to a lead",
      body: body(),
      answers: { 200: oneRecord(lead.schema) },
      refusals: ["not_found" as const],
    };
  },
  async run(call) {
    const number = pathNumber(call, "id", "lead");
    const [, { tag }] = collectMistakes(
      () => parseQuery(noParameters(), call.query),
      () => validated(body(), call.object()),
    );
    try {
      const missing = new RecordNotFound("lead", String(number));
      return await changed(call, leadTagging(number, tag), missing);
    } catch (error) {
      throw domainError({ constraints }, error);
    }
  },
};

/** DELETE: takes a tag off a lead (spec: Remove a Tag from a Lead). */
export const removeTag: LeadHubOperation = {
  kind: "write",
  get contract() {
    return {
      id: "removeLeadTag",
      summary: "Remove a tag from a lead",
      answers: { 200: oneRecord(lead.schema) },
      refusals: ["not_found" as const],
    };
  },
  run(call) {
    const number = pathNumber(call, "id", "lead");
    parseQuery(noParameters(), call.query);
    const { tag = "" } = call.params;
    const missing = new RecordNotFound("lead", `${number} and tag ${tag.slice(0, 100)}`);
    if (unstorableText(tag) !== null) throw missing;
    return changed(call, leadUntagging(number, tag), missing);
  },
};

function changed(call: Call, query: Sql, missing: RecordNotFound): Promise<Outcome> {
  return write(call, writeThenSelect(lead, query), (rows) => {
    const record = rows.at(-1)?.[0]?.record;
    if (typeof record !== "string") throw missing;
    return answer(200, new JsonText(record));
  });
}
