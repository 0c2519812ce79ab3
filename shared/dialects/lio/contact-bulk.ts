import * as z from "zod";
import { changeOfContacts, score } from "../../crm/contact-details.ts";
import { noParameters } from "../../http/query.ts";
import { lazy } from "../../memory/lazy.ts";
import { InvalidInput } from "../../refusals/errors.ts";
import { collectMistakes, validated } from "../../refusals/validation.ts";
import { bulkAnswer, workOn } from "./bulk.ts";
import { listing } from "./contact-list.ts";
import { contact } from "./contact-view.ts";
import type { LioOperation } from "./contract.ts";
import { answer } from "./envelope.ts";
import { id, tags } from "./given.ts";
import { BODY, objectOf, readQuery } from "./reading.ts";
import { oneRecord } from "./schemas.ts";
import { selectionFields, selectionOf, someIds, waysToChoose } from "./selection.ts";

const VALUES = ["company_id", "lead_score", "tags"] as const;

const body = lazy(() =>
  z.strictObject({
    contact_ids: someIds(),
    ...selectionFields(listing),
    company_id: id().optional(),
    lead_score: score().optional(),
    tags: tags().optional(),
  }).meta({
    anyOf: waysToChoose(["ids", "contact_ids"]).flatMap((way) =>
      VALUES.map((name) => ({ properties: way.properties, required: way.required.concat(name) }))
    ),
  })
);

function valuesIn(given: z.output<ReturnType<typeof body>>) {
  const { contact_ids, ids: others, select_all, filters, ...values } = given;
  if (contact_ids !== undefined && others !== undefined) {
    throw new InvalidInput([{ field: "ids", message: "Is the same as contact_ids: give one." }]);
  }
  if (Object.keys(values).length === 0) {
    const message = "Give at least one of company_id, lead_score and tags.";
    throw new InvalidInput([{ field: "body", message }]);
  }
  return { selection: { ids: contact_ids ?? others, select_all, filters }, values };
}

/** POST: gives contacts a company, a score and more tags. */
export const changeContacts: LioOperation = {
  kind: "write",
  body: BODY,
  get contract() {
    return {
      id: "updateContacts",
      summary: "Change many contacts",
      body: body(),
      answers: { 200: oneRecord(bulkAnswer()) },
      refusals: ["not_found" as const],
    };
  },
  async run(call) {
    const [, given] = collectMistakes(
      () => readQuery(call, noParameters()),
      () => validated(body(), objectOf(call)),
    );
    const { selection, values } = valuesIn(given);
    const chosen = await selectionOf(contact, listing, selection, call);
    const work = changeOfContacts(values);
    return await workOn(
      call,
      contact.resource,
      { chosen, work },
      (done) => answer(200, done, "Contacts updated"),
    );
  },
};
