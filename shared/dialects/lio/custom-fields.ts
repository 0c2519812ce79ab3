import { stringify } from "lossless-json";
import * as z from "zod";
import { domainError } from "../../crm/records.ts";
import { uniqueLeadChange, uniqueLeads } from "../../crm/unique-leads.ts";
import { customFields, customFieldsAnswer } from "../../crm/values/custom-fields.ts";
import { label } from "../../crm/values/fields.ts";
import { CUSTOM_FIELD_EXISTS } from "../../db/errors.ts";
import { type Sql, sql, statement } from "../../db/sql.ts";
import { JsonText } from "../../formats/json-text.ts";
import type { Call, Outcome } from "../../http/call.ts";
import { noParameters } from "../../http/query.ts";
import { write } from "../../http/write.ts";
import { lazy } from "../../memory/lazy.ts";
import { InvalidInput } from "../../refusals/errors.ts";
import { collectMistakes, validated } from "../../refusals/validation.ts";
import type { LioCaller } from "./caller.ts";
import type { LioOperation } from "./contract.ts";
import { answer } from "./envelope.ts";
import { id } from "./given.ts";
import { BODY, objectOf, readQuery } from "./reading.ts";
import { oneRecord } from "./schemas.ts";

const CONSTRAINTS = {
  ...uniqueLeads.constraints,
  [CUSTOM_FIELD_EXISTS]: {
    field: "field_name",
    message: "The lead has this field already.",
    blocks: true as const,
  },
};

const definition = lazy(() =>
  z.strictObject({
    lead_id: id(),
    field_name: label(64),
    field_value: z.unknown().optional().meta({
      type: ["string", "number", "boolean", "array", "null"],
      items: { type: "string" },
    }),
  }).transform((given, issues) => {
    const value = given.field_value ?? "";
    const { error } = customFields().safeParse({ [given.field_name]: value });
    for (const { message } of error?.issues ?? []) {
      issues.addIssue({ code: "custom", message, path: ["field_value"] });
    }
    return { ...given, field_value: value };
  })
);

const values = lazy(() => z.strictObject({ lead_id: id(), custom_fields: customFields() }));

const field = lazy(() =>
  z.object({
    id: z.int(),
    field_name: z.string(),
    lead_id: z.int(),
    field_value: z.unknown(),
    custom_fields: customFieldsAnswer,
  })
);

/** Writes what a body says of a lead, and makes the answer of what was written and its custom fields. */
async function writing<T extends { lead_id: number }>(
  call: Call<LioCaller>,
  schema: z.ZodType<T>,
  query: (given: T) => Sql,
  toOutcome: (given: T, written: Readonly<Record<string, unknown>>, fields: unknown) => Outcome,
): Promise<Outcome> {
  const [, given] = collectMistakes(
    () => readQuery(call, noParameters()),
    () => validated(schema, objectOf(call)),
  );
  const fields = sql`select custom_fields::text from crm.leads where number = ${given.lead_id}`;
  try {
    return await write(call, [query(given), fields].map(statement), ([done, rows]) => {
      const written = done?.[0];
      if (written === undefined) {
        throw new InvalidInput([{ field: "lead_id", message: "No lead with this id." }]);
      }
      return toOutcome(given, written, rows?.[0]?.custom_fields);
    });
  } catch (error) {
    throw domainError({ constraints: CONSTRAINTS }, error);
  }
}

/** POST: defines a field, and puts it on a lead. */
export const defineField: LioOperation = {
  kind: "write",
  body: BODY,
  get contract() {
    return {
      id: "defineCustomField",
      summary: "Define a custom field",
      body: definition(),
      answers: { 201: oneRecord(field()) },
      refusals: ["conflict" as const],
    };
  },
  run: (call) =>
    writing(
      call,
      definition(),
      ({ lead_id, field_name, field_value }) =>
        sql`select number::text, value from app.add_custom_field(
          ${lead_id}, ${field_name}, ${stringify(field_value)}::jsonb)`,
      ({ lead_id, field_value }, { number, value }, fields) =>
        answer(
          201,
          new JsonText(
            `{"id":${number},"field_name":${JSON.stringify(value)},"lead_id":${lead_id},` +
              `"field_value":${stringify(field_value)},"custom_fields":${fields}}`,
          ),
          "Custom field defined",
        ),
    ),
};

/** POST: sets custom fields of a lead, key by key. */
export const updateFields: LioOperation = {
  kind: "write",
  body: BODY,
  get contract() {
    return {
      id: "updateCustomFields",
      summary: "Update custom field values",
      body: values(),
      answers: {
        200: oneRecord(z.object({ lead_id: z.int(), custom_fields: customFieldsAnswer })),
      },
    };
  },
  run: (call) =>
    writing(
      call,
      values(),
      ({ lead_id, custom_fields }) => uniqueLeadChange(lead_id, { custom_fields }),
      ({ lead_id }, _, fields) =>
        answer(
          200,
          new JsonText(`{"lead_id":${lead_id},"custom_fields":${fields}}`),
          "Custom fields updated",
        ),
    ),
};
