import { z } from "zod";
import { ingestContacts, ingestedContacts, ingestSchema } from "../crm/contact-ingest.ts";
import { DailyLimitReached } from "../crm/errors.ts";
import { both, validated } from "../crm/validation.ts";
import { SINGLE_LIMIT } from "./body.ts";
import type { Operation } from "./operation.ts";
import { parseQuery } from "./query.ts";

const noParameters = z.strictObject({});

/** POST: creates the contact or updates the one with its email; 201 or 200. */
export const ingestContact: Operation = {
  kind: "write",
  bodyLimit: SINGLE_LIMIT,
  run(call) {
    const [, input] = both(
      () => parseQuery(noParameters, call.query),
      () => validated(ingestSchema, call.object()),
    );
    return call.write([ingestContacts([input])], ([rows = []]) => {
      const [done] = ingestedContacts(rows);
      if (done === undefined) throw new Error("ingest answered no row");
      if (typeof done === "string") throw new DailyLimitReached(done);
      const { contact, created, company } = done;
      return call.answer(created ? 201 : 200, {
        ...contact,
        created,
        company,
        matched_by: created ? null : "email",
      });
    });
  },
};
