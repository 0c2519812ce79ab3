import { oneOf } from "../../operations/filters.ts";
import * as z from "zod";
import { RELATIONSHIPS } from "../../crm/company-relations.ts";
import { type ContactFilter, listAddition } from "../../crm/marketing-lists.ts";
import { optional, uuid } from "../../crm/values/fields.ts";
import { jsonBody, SINGLE_LIMIT } from "../../http/body.ts";
import { scope } from "../../http/operation.ts";
import { noParameters } from "../../http/query.ts";
import { router } from "../../http/router.ts";
import { write } from "../../http/write.ts";
import { lazy } from "../../memory/lazy.ts";
import { RecordNotFound } from "../../refusals/errors.ts";
import { collectMistakes, validated } from "../../refusals/validation.ts";
import type { CrmCaller } from "./caller.ts";
import type { CrmOperation } from "./contract.ts";
import { objectOf } from "./entity.ts";
import { answer } from "./envelope.ts";
import { readQuery } from "./parameters.ts";

const MOST = 1_000;
const TOO_MANY = `Must be at most ${MOST} contactIds and leadIds together`;

const body = lazy(() =>
  z.strictObject({
    listId: uuid(),
    contactIds: optional(z.array(uuid()).max(MOST, TOO_MANY)),
    leadIds: optional(z.array(uuid()).max(MOST, TOO_MANY)),
    filter: optional(z.strictObject({
      search: optional(z.string().max(200, "Must have at most 200 characters")),
      companyId: optional(uuid()),
      relationship: optional(oneOf(RELATIONSHIPS)()),
    })),
  }).refine(
    ({ contactIds, leadIds }) => (contactIds?.length ?? 0) + (leadIds?.length ?? 0) <= MOST,
    { path: ["contactIds"], message: TOO_MANY },
  )
);

const count = z.int().min(0);
const added = lazy(() =>
  z.object({
    listId: z.guid(),
    added: count,
    alreadyOnList: count,
    suppressed: count,
    notFound: z.array(z.guid()),
    total: count,
  }).meta({ id: "ListAddition" })
);

/** POST: adds contacts to a marketing list (decisions C12). */
const addToMarketingList: CrmOperation = {
  kind: "write",
  body: jsonBody(SINGLE_LIMIT),
  get contract() {
    return {
      id: "addToMarketingList",
      summary: "Add contacts to a marketing list",
      body: body(),
      answers: { 200: added() },
      refusals: ["not_found" as const],
    };
  },
  run(call) {
    const [, { listId, contactIds, leadIds, filter }] = collectMistakes(
      () => readQuery(call, noParameters()),
      () => validated(body(), objectOf(call)),
    );
    const addition = listAddition(listId, {
      contactIds: contactIds ?? [],
      dealIds: leadIds ?? [],
      filter: filter ? filterOf(filter) : null,
    });
    return write(call, [addition], ([rows = []]) => {
      const [row] = rows;
      if (row === undefined) throw new RecordNotFound("marketing list", listId);
      return answer(200, {
        listId,
        added: row.added,
        alreadyOnList: row.already_on_list,
        suppressed: row.suppressed,
        notFound: row.not_found,
        total: row.total,
      });
    });
  },
};

function filterOf(given: Readonly<Record<string, string | null | undefined>>): ContactFilter {
  return Object.fromEntries(Object.entries(given).filter(([, value]) => value != null));
}

export default router<CrmCaller>("/api/crm/prospecting")
  .post("/add-to-marketing-list", scope("write:crm"), addToMarketingList);
