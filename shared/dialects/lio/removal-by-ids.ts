import * as z from "zod";
import type { Work } from "../../crm/bulk.ts";
import type { WritableResource } from "../../crm/resource.ts";
import type { Sql } from "../../db/sql.ts";
import { noParameters } from "../../http/query.ts";
import { lazy } from "../../memory/lazy.ts";
import { collectMistakes, validated } from "../../refusals/validation.ts";
import { deletedAnswer, workOn } from "./bulk.ts";
import type { LioOperation } from "./contract.ts";
import { answer } from "./envelope.ts";
import { BODY, objectOf, readQuery } from "./reading.ts";
import { oneRecord } from "./schemas.ts";
import { someIds } from "./selection.ts";

/** What is deleted by ids alone. */
interface Removed {
  resource: WritableResource;
  /** `deals` */
  plural: string;
  work: Work;
  /** What is done before, in the same transaction. */
  first?: Sql;
  /** How it may be refused, beside that there is none. */
  refusals?: readonly "conflict"[];
}

const body = lazy(() => z.strictObject({ ids: someIds().nonoptional() }));

/** DELETE: the records with the ids that the body has. */
export function removeByIds(
  { resource, plural, work, first, refusals = [] }: Removed,
): LioOperation {
  const name = plural.charAt(0).toUpperCase() + plural.slice(1);
  return {
    kind: "write",
    body: BODY,
    get contract() {
      return {
        id: `delete${name}`,
        summary: `Delete ${plural}`,
        body: body(),
        answers: { 200: oneRecord(deletedAnswer()) },
        refusals: ["not_found" as const, ...refusals],
      };
    },
    async run(call) {
      const [, { ids }] = collectMistakes(
        () => readQuery(call, noParameters()),
        () => validated(body(), objectOf(call)),
      );
      const chosen = { numbers: [...new Set(ids)] };
      return await workOn(
        call,
        resource,
        { chosen, work, lock: "deletion", ...(first === undefined ? {} : { first }) },
        ({ updated, not_found }) => answer(200, { deleted: updated, not_found }, `${name} deleted`),
      );
    },
  };
}
