import type { Preset } from "../preset.ts";
import { AROUND, LABELS, LONGEST_LABEL, LONGEST_VALUE, SHAPES } from "./labels.ts";

type Part = keyof typeof LABELS;

/** How a provider's form becomes a contact. Every text is a JSONata expression. */
export interface Form {
  /** Bindings that the answers need. */
  first?: string;
  /**
   * Gives the answers: `{question, kind, value}`. The question is text or absent; the kind is the
   * provider's type of question. `$text` and the pattern `$email` are known to it.
   */
  answers: string;
  /** The kinds that ask for a field; without one the question's wording decides. */
  kinds?: Partial<Record<Part, readonly string[]>>;
  /** Gives the message's first line, such as the form's name. */
  heading?: string;
  /** Gives the message's other lines, if not one for each answer that fills no field. */
  lines?: string;
}

/**
 * What reads a form: email, phone, names, company and job title each come from the first answer
 * that asks for it and looks like it, and every other answer is a line of the message.
 */
export function contactForm(form: Form): Pick<Preset, "prepare" | "field_map"> {
  return { prepare: prepare(form), field_map: FIELD_MAP };
}

/** An expression that gives the answers of an object that has a field for each question. */
export function fieldsOf(object: string): string {
  return `($o := ${object}; $keys($o).{"question": $, "value": $lookup($o, $)})`;
}

const FIELD_MAP = {
  email: "prepared.email",
  phone: "prepared.phone",
  first_name: "prepared.first_name",
  last_name: "prepared.last_name",
  company_name: "prepared.company",
  title: "prepared.title",
  message: "prepared.message",
} as const;

function prepare(form: Form): string {
  const lines = [
    TEXT,
    LABEL,
    `$email := ${SHAPES.email}`,
    ...(form.first === undefined ? [] : [form.first]),
    `$answers := [${form.answers}].${ANSWER}`,
    SHORT,
    `$mail := ${found(form, "email", "$contains(text, $email)")}`,
    `$phone := ${found(form, "phone", `$contains(text, ${SHAPES.phone})`)}`,
    `$company := ${found(form, "company")}`,
    `$title := ${found(form, "title")}`,
    `$name := ${found(form, "full_name")}`,
    `$first := ${found(form, "first_name", "$not($ in [$name])")}`,
    `$last := ${found(form, "last_name", "$not($ in [$name, $first])")}`,
    "$used := [$mail, $phone, $company, $title, $first, $last, $not($first and $last) ? $name]",
    `$lines := [${form.heading ? `${form.heading}, ` : ""}${form.lines ?? OTHERS}]`,
    RESULT,
  ];
  return `(\n  ${lines.join(";\n  ")}\n)`;
}

// An object is a field made of parts, such as a phone number in {area, number}. The bound on what
// is trimmed keeps the pattern's work small.
const TEXT = `$text := function($v) {
    $type($v) = "string"
      ? ($length($v) > 9999 ? $v : $replace($v, /^\\s+|\\s+$/, ""))
    : $type($v) = "array" ? $join($map($v, $text)[$ != ""], ", ")
    : $type($v) = "object" ? $join($each($v, $text)[$ != ""], " ")
    : $type($v) = "boolean" ? ($v ? "yes" : "no")
    : $type($v) = "null" ? "" : $string($v)
  }`;

const LABEL = `$label := function($asked) {
    $replace($asked, /[\\s_-]+/, " ")
      ~> $replace(${AROUND.after}, "")
      ~> $replace(${AROUND.before}, "")
  }`;

const ANSWER = `($t := $text(value); $t != "" ? {
    "question": question, "kind": kind, "text": $t,
    "asked": $lowercase($substring(question, 0, ${LONGEST_LABEL}))
  })`;

const SHORT = `$short := $answers[$length(text) <= ${LONGEST_VALUE} and
    $not($contains(text, /[\\n\\r]/))]`;

function found({ kinds = {} }: Form, part: Part, condition?: string): string {
  const label = LABELS[part];
  const asking = `$short[$contains(asked, ${label.contains})]` +
    ("is" in label ? `[$contains($label(asked), ${label.is})]` : "");
  const ofKind = kinds[part] === undefined
    ? []
    : [`$short[kind in ${JSON.stringify(kinds[part])}]`];
  const fit = condition === undefined ? "" : `[${condition}]`;
  return `[${[...ofKind, asking].join(",\n    ")}]${fit}[0]`;
}

const OTHERS = `$answers[$not($ in $used)].(
    $q := $replace($substring(question, 0, 2000), /[\\s:*]+$/, "");
    $q != "" ? $q & ": " & text : text)`;

// A form may ask for the first name and for "Name", which then is the last name, or the reverse.
const RESULT = `{
    "email": $mail.text,
    "phone": $phone.text,
    "first_name": $first ? $first.text
      : $substringBefore($name.text, $last ? " " & $last.text : " "),
    "last_name": $last ? $last.text
      : $first ? $substringAfter($name.text, $first.text & " ")
      : $contains($name.text, " ") ? $substringAfter($name.text, " "),
    "company": $company.text,
    "title": $title.text,
    "message": $count($lines) > 0 ? $join($lines, "\\n")
  }`;
