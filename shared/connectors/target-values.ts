import type * as z from "zod";
import type { Fields } from "../crm/plan.ts";
import { type FieldError, InvalidInput } from "../refusals/errors.ts";
import { fieldMessage, validated } from "../refusals/validation.ts";
import { saysNothing, textOf } from "./answers/text.ts";
import { emailIn, phoneIn, type Readable } from "./answers/values.ts";
import type { Definition } from "./definition.ts";
import { type Mapped, targetSchemas } from "./target-fields.ts";

/** The fields of a connector's target, and what of them could not be read as it was sent. */
export interface TargetValues {
  mapped: Mapped;
  /** The fields whose value is their default: they fill only what is not known. */
  defaulted: string[];
  warnings: FieldError[];
}

/** An event that names nobody: no record can be made of it, however often it is sent. */
export class NobodyIdentified extends InvalidInput {
  override name = "NobodyIdentified";
}

/** The field that takes what no other can: a note of a person, the text of an activity. */
const TEXT_OF = { contact: "message", activity: "description" } as const;
const REQUIRED = new Set(["type"]);
const IDENTIFYING = ["email", "phone", "first_name", "last_name", "contact_id"];

const READERS: Record<string, (text: string) => Readable | null> = {
  email: emailIn,
  entity_email: emailIn,
  phone: phoneIn,
  contact_phone: phoneIn,
};

/**
 * Checks what a field map gave as the fields of its target. What an optional one cannot take goes to
 * the message as it was sent, with a warning: its sender cannot mend what somebody answered. Throws
 * InvalidInput, and NobodyIdentified when nothing is left that names a person.
 */
export function targetValues(
  { target, defaults }: Pick<Definition, "target" | "defaults">,
  given: Fields,
): TargetValues {
  const schemas: Record<string, z.ZodType> = targetSchemas[target].shape;
  const values: Fields = { ...given };
  const warnings: FieldError[] = [];
  const unread: [string, string][] = [];
  for (const [field, value] of Object.entries(given)) {
    const message = Object.hasOwn(schemas, field) ? mistake(schemas[field], value) : null;
    if (message === null || REQUIRED.has(field)) continue;
    delete values[field];
    const text = textOf(value);
    if (saysNothing(text)) continue;
    const read = READERS[field]?.(text);
    if (read) values[field] = read.value;
    warnings.push({ field, message: read ? `Was read as ${read.value}.` : message });
    unread.push([field, text]);
  }
  keepAmountWithCurrency(values, unread);
  const textField = TEXT_OF[target];
  const text = withUnread(values[textField], unread);
  if (text !== "") values[textField] = text;
  const defaulted = Object.keys(defaults).filter((field) => values[field] === defaults[field]);
  return { mapped: checked(target, values), defaulted, warnings };
}

function checked(target: Definition["target"], values: Fields): Mapped {
  try {
    return validated(targetSchemas[target], values);
  } catch (error) {
    const named = target !== "contact" || IDENTIFYING.some((field) => values[field] != null);
    if (named || !(error instanceof InvalidInput)) throw error;
    throw new NobodyIdentified(error.fields, "Nobody can be identified by this event.");
  }
}

function mistake(schema: z.ZodType | undefined, value: unknown): string | null {
  const result = schema?.safeParse(value, { reportInput: true });
  return result?.error ? fieldMessage(result.error) : null;
}

// An amount in a currency that is not known would be taken for one of another.
function keepAmountWithCurrency(values: Fields, unread: [string, string][]): void {
  if (values.deal_value == null || !unread.some(([field]) => field === "deal_currency")) return;
  unread.push(["deal_value", textOf(values.deal_value)]);
  delete values.deal_value;
}

function withUnread(message: unknown, unread: readonly [string, string][]): string {
  const lines = typeof message === "string" && message !== "" ? [message] : [];
  for (const [field, text] of unread) {
    const told = `\n${lines.join("\n")}\n`;
    if (told.includes(`\n${text}\n`) || told.includes(`: ${text}\n`)) continue;
    const name = field.replaceAll("_", " ");
    lines.push(`${name.slice(0, 1).toUpperCase()}${name.slice(1)}: ${text}`);
  }
  return lines.join("\n");
}
