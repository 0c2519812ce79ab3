import { LosslessNumber } from "lossless-json";
import * as z from "zod";
import type { ReadRow } from "../../bulk/batch-done.ts";
import type { Fields } from "../../crm/plan.ts";
import { optional } from "../../crm/values/fields.ts";
import { lazy } from "../../memory/lazy.ts";
import { type FieldError, InvalidInput } from "../../refusals/errors.ts";
import { isStorable } from "../../refusals/storable.ts";
import { validated } from "../../refusals/validation.ts";
import { capturedLead, checkOf, companyDomain, IDENTITIES } from "./captured-lead.ts";
import { type Columns, customKey } from "./import-columns.ts";

/** Columns of leads that are taken of a file, as they are. */
const PLAIN = ["website", "address", "city", "state", "country", "pin_code", "industry", "notes"];
const AMOUNT = /^\d{1,20}(\.\d{1,10})?$/;

const importedLead = lazy(() => {
  const { duplicate: _, merge: __, ...captured } = capturedLead().shape;
  const own = [...PLAIN, "estimated_value"].map((name) => [name, optional(checkOf(name))]);
  return z.strictObject({ ...captured, ...Object.fromEntries(own) });
});

/** What a value of a list of leads may be given as, by list. */
export interface KnownWords {
  /** The number of an active value, by its id, name or word in lower case. */
  numberOf(list: "status" | "source" | "priority", given: string): number | null;
}

/** How the rows of a file are read. */
export interface Reading {
  columns: Columns;
  /** What every lead is given besides. */
  tags: readonly string[];
  assignedTo: number | null;
  known: KnownWords;
}

/** Reads the cells of a row (decisions: 9). */
export function readRow(cells: readonly string[], reading: Reading): ReadRow {
  const { columns, assignedTo } = reading;
  const mistakes: FieldError[] = [];
  if (cells.length > columns.length) {
    const message = `The row has ${cells.length} cells, the header ${columns.length}.`;
    return { mistakes: [{ field: null, message }] };
  }
  const given = givenIn(cells, reading, mistakes);
  if (IDENTITIES.every((name) => given[name] === undefined)) {
    mistakes.push({ field: "email", message: `Give at least one of ${IDENTITIES.join(", ")}.` });
  }
  const read = checked(given, mistakes);
  if (mistakes.length > 0 || read === null) return { mistakes };
  const { phone_number, ...fields } = read;
  return {
    fields: {
      ...fields,
      ...phone_number === undefined ? {} : { phone: phone_number },
      ...assignedTo === null ? {} : { assigned_to: assignedTo },
      ...companyDomain(fields.email),
    },
  };
}

function checked(given: Fields, mistakes: FieldError[]): Fields | null {
  try {
    const values = Object.entries(validated(importedLead(), given));
    return Object.fromEntries(values.filter(([, value]) => value !== null && value !== undefined));
  } catch (error) {
    if (!(error instanceof InvalidInput)) throw error;
    mistakes.push(...error.fields.map(({ field, message }) => ({ field, message })));
    return null;
  }
}

// Of several columns that are one field, the first with something in it counts.
function givenIn(
  cells: readonly string[],
  { columns, tags, known }: Reading,
  mistakes: FieldError[],
): Fields {
  const texts = new Map<string, string>();
  const custom = new Map<string, string>();
  cells.forEach((cell, at) => {
    const field = columns[at];
    if (field == null || cell.trim() === "") return;
    const key = customKey(field);
    const all = key === null ? texts : custom;
    if (all.has(key ?? field)) return;
    all.set(key ?? field, key === null ? cell.trim() : cell);
    if (!isStorable(cell)) {
      mistakes.push({ field, message: "Has characters that cannot be stored." });
    }
  });
  const { name, status, priority, lead_source, estimated_value, tags: own, ...plain } = Object
    .fromEntries(texts) as Record<string, string | undefined>;
  const wanted = { status: ["status", status], priority: ["priority", priority] } as const;
  return {
    ...namesIn(name),
    ...plain,
    ...listed(wanted.status, "status", known, mistakes),
    ...listed(wanted.priority, "priority", known, mistakes),
    ...listed(["lead_source", lead_source], "source", known, mistakes),
    ...amountIn(estimated_value, mistakes),
    ...tagsIn(own, tags),
    ...custom.size === 0 ? {} : { custom_fields: Object.fromEntries(custom) },
  };
}

function namesIn(name: string | undefined): Fields {
  if (name === undefined) return {};
  const [, first, last] = /^(.*)\s(\S+)$/s.exec(name) ?? [];
  return last === undefined ? { first_name: name } : { first_name: first?.trim(), last_name: last };
}

function listed(
  [field, given]: readonly [string, string | undefined],
  list: "status" | "source" | "priority",
  known: KnownWords,
  mistakes: FieldError[],
): Fields {
  if (given === undefined) return {};
  const number = known.numberOf(list, given);
  if (number !== null) return { [field]: number };
  mistakes.push({ field, message: `Must be the id or the name of an active ${list}.` });
  return {};
}

function amountIn(given: string | undefined, mistakes: FieldError[]): Fields {
  if (given === undefined) return {};
  if (AMOUNT.test(given)) return { estimated_value: new LosslessNumber(given) };
  mistakes.push({ field: "estimated_value", message: "Must be a number, such as 1200.50." });
  return {};
}

function tagsIn(given: string | undefined, also: readonly string[]): Fields {
  const names = (given ?? "").split(/[,|]/).map((name) => name.trim()).filter((name) =>
    name !== ""
  );
  const tags = [...names, ...also];
  return tags.length === 0 ? {} : { tags };
}
