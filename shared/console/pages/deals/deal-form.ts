import { ApiError, type FieldError } from "../../api-error.ts";
import { session } from "../../session.ts";
import type { Deal, Pipeline } from "./deals.ts";

/** A deal as it stands in the form: texts as they were typed. */
export interface Draft {
  title: string;
  value: string;
  currency: string;
  pipeline_id: string;
  stage: string;
  expected_close_date: string;
  probability: string;
  assigned_to: string;
  company_id: string | null;
  contact_id: string | null;
}

/** The form's fields, as the API calls them. */
export const FIELDS: readonly (keyof Draft)[] = [
  "title",
  "value",
  "currency",
  "pipeline_id",
  "stage",
  "expected_close_date",
  "probability",
  "assigned_to",
  "company_id",
  "contact_id",
];

/** What the form begins with: the deal, or one for whoever makes it. */
export function draftOf(deal: Deal | null, pipeline: Pipeline): Draft {
  const first = pipeline.stages[0]?.name ?? "";
  return {
    title: deal?.title ?? "",
    value: textOf(deal?.value),
    currency: deal?.currency ?? "USD",
    pipeline_id: deal === null ? pipeline.id : deal.pipeline_id ?? "",
    stage: deal === null ? first : deal.stage ?? "",
    expected_close_date: deal?.expected_close_date ?? "",
    probability: textOf(deal?.probability),
    assigned_to: deal === null ? session.value?.user.id ?? "" : deal.assigned_to ?? "",
    company_id: deal?.company_id ?? null,
    contact_id: deal?.contact_id ?? null,
  };
}

/** What of a draft is to be written: of a deal that is there, what was changed. Throws ApiError. */
export function fieldsOf(draft: Draft, before: Draft | null): Record<string, unknown> {
  const wrong: FieldError[] = [];
  const given = FIELDS.filter((name) =>
    before === null ? draft[name] !== "" && draft[name] !== null : draft[name] !== before[name]
  );
  // A stage is one of its pipeline, so that they go together.
  if (given.includes("pipeline_id") || given.includes("stage")) given.push("pipeline_id", "stage");
  const fields = Object.fromEntries(
    given.map((name) => [name, valueOf(name, draft[name], wrong)]),
  );
  if (wrong.length === 0) return fields;
  throw new ApiError(400, "VALIDATION_ERROR", "Please correct what is wrong.", wrong);
}

function valueOf(name: keyof Draft, text: string | null, wrong: FieldError[]): unknown {
  const trimmed = text?.trim() ?? "";
  if (name === "title" || name === "currency") return trimmed;
  if (trimmed === "") return null;
  if (name !== "value" && name !== "probability") return trimmed;
  // Beyond 15 digits a browser's numbers are not exact.
  if (/^-?\d+([.]\d+)?$/.test(trimmed) && trimmed.replace(/\D/g, "").length <= 15) {
    return Number(trimmed);
  }
  wrong.push({ field: name, message: "Must be a number of at most 15 digits, such as 1200.50." });
  return null;
}

function textOf(value: number | null | undefined): string {
  return value === null || value === undefined ? "" : String(value);
}
