import { closestMatch } from "leven";
import { isLosslessNumber, type LosslessNumber } from "lossless-json";
import * as z from "zod";
import { type FieldError, InvalidInput } from "./errors.ts";
import { memberOf, refusedInput } from "./refused-input.ts";

/**
 * Validates a body against a schema. Throws InvalidInput with every mistake, each with the path of its
 * field; an unknown field is answered with the nearest known one. A form left blank says nothing: blank
 * text in an optional field is absent.
 */
export function validated<T extends z.ZodType>(schema: T, value: unknown): z.output<T> {
  return checked(schema, withoutBlanks(schema, value));
}

/** Validates like {@link validated}, blank text as it is. */
export function checked<T extends z.ZodType>(schema: T, value: unknown): z.output<T> {
  const result = schema.safeParse(value, { reportInput: true });
  if (result.success) return result.data;
  throw new InvalidInput(fieldErrors(result.error, schema, value));
}

/** Validates the fields of an update. Throws InvalidInput, also when there is none. */
export function requireChanges<T extends z.ZodObject>(schema: T, value: unknown): z.output<T> {
  const fields = validated(schema, value);
  if (Object.keys(fields).length > 0) return fields;
  const message = `Give at least one of ${Object.keys(schema.shape).join(", ")}.`;
  throw new InvalidInput([{ field: "body", message }]);
}

/** Runs both checks. Throws one InvalidInput with the mistakes of both. */
export function collectMistakes<A, B>(first: () => A, second: () => B): [A, B] {
  const mistakes: FieldError[] = [];
  const run = <T>(check: () => T): T | undefined => {
    try {
      return check();
    } catch (error) {
      if (!(error instanceof InvalidInput)) throw error;
      for (const field of error.fields) mistakes.push(field);
      return undefined;
    }
  };
  const results = [run(first), run(second)];
  if (mistakes.length > 0) throw new InvalidInput(mistakes);
  return results as [A, B];
}

function fieldErrors(error: z.ZodError, schema: z.ZodType, value: unknown): FieldError[] {
  return error.issues.flatMap((issue): FieldError[] => {
    const within = schemaAt(schema, issue.path, value);
    if (issue.code !== "unrecognized_keys") {
      const field = pathText(issue.path) || "body";
      return [{ field, message: sentence(messageOf(issue)), ...ruleOf(issue, within) }];
    }
    const known = within instanceof z.ZodObject ? Object.keys(within.shape) : [];
    return issue.keys.map((key) => ({
      field: pathText([...issue.path, key]),
      message: unknownField(key, known),
    }));
  });
}

function ruleOf(issue: z.core.$ZodIssue, schema: unknown): Pick<FieldError, "rule"> {
  const { code, input } = issue;
  if (code !== "custom" && refusedInput(issue) === undefined) return { rule: "required" };
  const isEmail = schema instanceof z.ZodType && schema.meta()?.format === "idn-email";
  // A rule for several fields is told of one of them, with the whole object as its input.
  return isEmail && (code !== "custom" || typeof input === "string") ? { rule: "email" } : {};
}

/** What is wrong with a value that its schema refuses: the first of its mistakes. */
export function fieldMessage({ issues: [issue] }: z.ZodError): string {
  return issue === undefined ? "Is not valid." : sentence(messageOf(issue));
}

// The library's own words for a wrong type name its types, not what to do.
function messageOf(issue: z.core.$ZodIssue): string {
  if (issue.code !== "invalid_type") return issue.message;
  if (isLosslessNumber(issue.input)) return inexact(issue.input);
  if (!issue.message.startsWith("Invalid input: expected")) return issue.message;
  const expected = withArticle(issue.expected === "record" ? "object" : issue.expected);
  if (issue.input === undefined) return `Is required; must be ${expected}`;
  return `Must be ${expected}; it is ${typeName(issue.input)}`;
}

/** The JSON type of a value, as a sentence names it. */
export function typeName(value: unknown): string {
  if (value === null) return "null";
  if (Array.isArray(value)) return "an array";
  return withArticle(isLosslessNumber(value) ? "number" : typeof value);
}

function withArticle(noun: string): string {
  return `${/^[aeiou]/.test(noun) ? "an" : "a"} ${noun}`;
}

function withoutBlanks(schema: unknown, value: unknown): unknown {
  const whole = unwrapped(schema);
  if (Array.isArray(value)) {
    if (!(whole instanceof z.ZodArray) || !(unwrapped(whole.element) instanceof z.ZodObject)) {
      return value;
    }
    return value.map((one) => withoutBlanks(whole.element, one));
  }
  if (!(whole instanceof z.ZodObject) || typeName(value) !== "an object") return value;
  // Most have none, and copying each contact of a batch took a third of checking it.
  if (!Object.values(value as object).some((one) => isBlank(one) || isNested(one))) return value;
  const entries = Object.entries(value as object).flatMap(([name, one]) => {
    const field: unknown = Object.hasOwn(whole.shape, name) ? whole.shape[name] : undefined;
    return isBlank(one) && isOptional(field) ? [] : [[name, withoutBlanks(field, one)] as const];
  });
  return Object.fromEntries(entries);
}

function isBlank(value: unknown): boolean {
  return typeof value === "string" && value.trim() === "";
}

function isNested(value: unknown): boolean {
  return typeof value === "object" && value !== null;
}

function isOptional(field: unknown): boolean {
  return field instanceof z.ZodType && field.safeParse(undefined).success;
}

function unwrapped(schema: unknown): unknown {
  if (schema instanceof z.ZodPipe && schema.in instanceof z.ZodObject) return schema.in;
  return schema instanceof z.ZodOptional || schema instanceof z.ZodNullable ||
      schema instanceof z.ZodDefault
    ? unwrapped(schema.unwrap())
    : schema;
}

function schemaAt(schema: unknown, path: readonly PropertyKey[], value: unknown): unknown {
  const whole = unwrapped(schema);
  if (whole !== schema) return schemaAt(whole, path, value);
  if (schema instanceof z.ZodDiscriminatedUnion) {
    const { discriminator, options } = schema.def;
    const type = memberOf(value, discriminator);
    const chosen = options.find((option) =>
      option instanceof z.ZodObject && option.shape[discriminator].safeParse(type).success
    );
    return schemaAt(chosen, path, value);
  }
  const [first, ...rest] = path;
  if (first === undefined) return schema;
  const inner = memberOf(value, first);
  if (schema instanceof z.ZodArray) return schemaAt(schema.element, rest, inner);
  return schema instanceof z.ZodObject
    ? schemaAt(schema.shape[String(first)], rest, inner)
    : undefined;
}

/** What to say of a name that is not known. */
export function unknownField(name: string, known: readonly string[]): string {
  const nearest = nearestOf(name, known);
  if (nearest !== undefined) return `Unknown; did you mean ${nearest}?`;
  return known.length === 0
    ? "Unknown; none are known here."
    : `Unknown; known are ${known.join(", ")}.`;
}

/** What to say of a value that is none of the known ones. */
export function notOneOf(value: unknown, known: readonly string[]): string {
  const nearest = typeof value === "string" ? nearestOf(value, known) : undefined;
  const all = `Must be one of ${known.join(", ")}`;
  return nearest === undefined ? all : `${all}; did you mean ${nearest}?`;
}

/** The known name that a name is nearest to, if it is near. */
export function nearestOf(name: string, known: readonly string[]): string | undefined {
  return closestMatch(name.slice(0, 64).toLowerCase(), [...known], { maxDistance: 3 });
}

/** `["contacts", 3, "email"]` as `contacts[3].email`. */
export function pathText(path: readonly PropertyKey[]): string {
  return path.reduce<string>((text, part) => {
    if (typeof part === "number") return `${text}[${part}]`;
    return text === "" ? String(part) : `${text}.${String(part)}`;
  }, "");
}

// JSON numbers that a double cannot hold come as their digits; few fields take those.
function inexact({ value }: LosslessNumber): string {
  const digits = value.length > 40 ? `${value.slice(0, 40)}…` : value;
  return `The number ${digits} is too large or too precise`;
}

function sentence(message: string): string {
  return /[.?!]$/.test(message) ? message : `${message}.`;
}
