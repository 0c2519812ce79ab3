import * as z from "zod";
import { draftApproval } from "../../crm/email-drafts.ts";
import { shownRecord, writeThenSelect } from "../../crm/views/statements.ts";
import { noParameters } from "../../http/query.ts";
import { lazy } from "../../memory/lazy.ts";
import { written } from "../../operations/written.ts";
import { collectMistakes, validated } from "../../refusals/validation.ts";
import type { LioOperation } from "./contract.ts";
import { draft } from "./draft-view.ts";
import { answer } from "./envelope.ts";
import { htmlBody, subject } from "./mail-fields.ts";
import { objectOf, OPTIONAL_BODY, pathNumber, readQuery } from "./reading.ts";
import { oneRecord } from "./schemas.ts";

const body = lazy(() =>
  z.strictObject({ subject: subject().optional(), body: htmlBody().optional() })
);

/** PUT: approves a draft, with another text where that is given. */
export const approveDraft: LioOperation = {
  kind: "write",
  body: OPTIONAL_BODY,
  get contract() {
    return {
      id: "approveDraft",
      summary: "Approve a draft of an email",
      body: body(),
      answers: { 200: oneRecord(draft.schema) },
      refusals: ["not_found" as const, "conflict" as const],
    };
  },
  async run(call) {
    const number = pathNumber(call, "draft_id");
    const [, given] = collectMistakes(
      () => readQuery(call, noParameters()),
      () => validated(body(), call.text === "" ? {} : objectOf(call)),
    );
    const statements = writeThenSelect(draft, draftApproval(number, given));
    return await written(
      call,
      draft,
      statements,
      (rows) => answer(200, shownRecord(draft, number, rows), "Draft approved"),
    );
  },
};
