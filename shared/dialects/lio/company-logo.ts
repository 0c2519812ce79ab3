import * as z from "zod";
import { companyLogo } from "../../crm/files.ts";
import { bodySchema, changeOf, creationOf, withoutIgnored } from "../../crm/views/body.ts";
import { shownRecord, writeThenSelect, writtenId } from "../../crm/views/statements.ts";
import { given } from "../../crm/views/view.ts";
import type { Call } from "../../http/call.ts";
import { noParameters } from "../../http/query.ts";
import { lazy } from "../../memory/lazy.ts";
import { written } from "../../operations/written.ts";
import { InvalidInput } from "../../refusals/errors.ts";
import { company } from "./company-view.ts";
import type { LioCaller } from "./caller.ts";
import type { LioOperation } from "./contract.ts";
import { answer } from "./envelope.ts";
import { BODY, pathNumber, readQuery } from "./reading.ts";
import type { Records } from "./records.ts";
import { anyFile, formBody, type FormRule, MULTIPART, received } from "./upload.ts";
import { formLimit } from "./uploaded-form.ts";

type Write = "creation" | "change";

const LOGO: FormRule = {
  field: "company_logo",
  most: 5 * 1024 * 1024,
  pictures: "Must be a PNG, JPEG, GIF or WebP image.",
};

/** The logo in a body of JSON, which tells of none alone: it is ignored as it was read. */
const logoInBody = lazy(() =>
  z.string().nullable().optional().meta({
    description: "null takes the logo away. A new one is sent in a form; a link is ignored.",
  })
);

// A form's fields are texts.
const inForm = lazy(() => ({
  rating: z.string().trim().regex(/^[1-5]$/, "Must be a whole number from 1 to 5")
    .transform(Number).optional(),
  company_logo: anyFile("GIF89a\u0001\u0000\u0001\u0000\u0000\u0000\u0000;").optional(),
}));
const creation = lazy(() => withoutIgnored(bodySchema(company, "creation")).extend(inForm()));
const change = lazy(() => bodySchema(company, "change", logoToTakeAway).extend(inForm()));

/** What a body of JSON may have beside the fields of a company. */
export function logoToTakeAway(write: Write): z.ZodRawShape {
  return write === "change" ? { company_logo: logoInBody() } : {};
}

/** An operation that makes or changes companies by JSON, and by a form with a logo as well. */
export function withLogo(
  operation: LioOperation,
  records: Records,
  write: Write,
): LioOperation {
  const schema = write === "creation" ? creation : change;
  const inside = formBody(LOGO);
  const byForm: LioOperation = {
    kind: "write",
    body: inside,
    run: async (call) => {
      const number = write === "change" ? pathNumber(call, "id") : null;
      readQuery(call, noParameters());
      return await taken(call, records, number, schema());
    },
  };
  return {
    kind: operation.kind,
    run: operation.run,
    body: {
      ...BODY,
      accepts: (type) => BODY.accepts(type) || inside.accepts(type),
      expected: `${BODY.expected} or ${MULTIPART}`,
    },
    get contract() {
      const { contract } = operation;
      if (contract === undefined) throw new Error("an operation does not describe itself");
      return { ...contract, form: { schema: schema(), limit: formLimit(LOGO) } };
    },
    instead: ({ request }) => isForm(request) ? byForm : null,
  };
}

function isForm({ headers }: Request): boolean {
  return /^\s*multipart\/form-data\s*(;|$)/i.test(headers.get("content-type") ?? "");
}

function taken(
  call: Call<LioCaller>,
  { create, change: changed }: Records,
  number: number | null,
  schema: z.ZodObject,
) {
  return received(
    call,
    LOGO,
    (values) => fieldsOf(values, number, schema),
    async (values, file) => {
      const set = given(company, values);
      const query = number === null
        ? create?.(set, values, call)
        : changed?.(number, set, values, call);
      if (query === undefined) throw new Error("companies are not written by a query");
      const statements = writeThenSelect(
        company,
        query,
        file ? [companyLogo(writtenId, file)] : [],
      );
      return await written(call, company, statements, (rows) => {
        const record = shownRecord(company, number ?? "", rows);
        return number === null
          ? answer(201, record, "Company created successfully")
          : answer(200, record, "Company updated");
      });
    },
  );
}

function fieldsOf(values: Record<string, unknown>, number: number | null, schema: z.ZodObject) {
  if (number === null) return creationOf(schema, values);
  if (Object.keys(values).length > 0) return changeOf(schema, values);
  throw new InvalidInput([{ field: "body", message: "The body must have at least one field." }]);
}
