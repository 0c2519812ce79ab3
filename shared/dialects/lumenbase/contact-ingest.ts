import { write } from "../../http/write.ts";
import { answer } from "./envelope.ts";
import * as z from "zod";
import {
  contactsBefore,
  ingestContacts,
  ingestedContacts,
  ingestedSchema,
  ingestSchema,
} from "../../crm/contact-ingest.ts";
import { contacts } from "../../crm/contacts.ts";
import { DailyLimitReached } from "../../refusals/errors.ts";
import { collectMistakes, validated } from "../../refusals/validation.ts";
import { jsonBody, SINGLE_LIMIT } from "../../http/body.ts";
import { dryRunParameter, rehearsal } from "./dry-run.ts";
import type { LumenbaseOperation } from "./contract.ts";
import { parseQuery } from "../../http/query.ts";

const parameters = z.strictObject({ dry_run: dryRunParameter() });

/** POST: creates the contact or updates the one with its email; 201 or 200. */
export const ingestContact: LumenbaseOperation = {
  kind: "write",
  body: jsonBody(SINGLE_LIMIT),
  contract: {
    action: "ingest",
    resource: contacts,
    parameters,
    body: ingestSchema,
    answer: ingestedSchema,
    matchedBy: "email",
    counts: ["contacts_per_day", "activities_per_day"],
  },
  run(call) {
    const [{ dry_run }, input] = collectMistakes(
      () => parseQuery(parameters, call.query),
      () => validated(ingestSchema, call.object()),
    );
    const looking = dry_run ? [contactsBefore([input])] : [];
    return write(call, [...looking, ingestContacts([input])], (rows) => {
      const [done] = ingestedContacts([input], rows.at(-1) ?? []);
      if (done === undefined) throw new Error("ingest answered no row");
      if (typeof done === "string") throw new DailyLimitReached(done);
      const { contact, created, company } = done;
      if (dry_run) {
        const outcome = created ? "created" : "updated";
        return answer(
          call,
          200,
          rehearsal({ outcome, id: contact.id, data: contact }, rows[0]?.[0]),
        );
      }
      const matched_by = created ? null : "email";
      return answer(call, created ? 201 : 200, { ...contact, created, company, matched_by });
    }, dry_run);
  },
};
