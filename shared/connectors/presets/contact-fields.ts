import { AROUND, LABELS, LONGEST_LABEL, LONGEST_VALUE, SHAPES } from "./labels.ts";

type Part = keyof typeof LABELS;

/** How a provider's form becomes a contact. Every text is a JSONata expression. */
export interface Form {
  /**
   * Gives the answers: `{question, kind, value}`. The question is text or absent; the kind is the
   * provider's type of question.
   */
  answers: string;
  /** The kinds that ask for a field; without one the question's wording decides. */
  kinds?: Partial<Record<Part, readonly string[]>>;
  /** Gives the message's first line, such as the form's name; `$text` is known to it. */
  heading?: string;
}

/**
 * The field map of a form: email, phone, names, company and job title each come from the first
 * answer that asks for it and looks like it, and every other answer is a line of the message.
 */
export function contactFields(form: Form): Record<string, string> {
  const one = (part: Part) =>
    block(form, ...labelFor(part), FIT, `$text(${found(form, part)}.value)`);
  const name = [...labelFor("full_name"), FIT, ...names(form)];
  return {
    email: one("email"),
    phone: one("phone"),
    first_name: block(form, ...name, FIRST_NAME),
    last_name: block(form, ...name, LAST_NAME),
    company_name: one("company"),
    title: one("title"),
    message: block(form, LABEL, FIT, ...message(form)),
  };
}

/** An expression that gives the answers of an object that has a field for each question. */
export function fieldsOf(object: string): string {
  return `($o := ${object}; $keys($o).{"question": $, "value": $lookup($o, $)})`;
}

/**
 * An expression of several lines, to which `$text`, `$answers` and the patterns `$email`, `$phone`
 * and `$line` are known; the answers may use the others.
 */
export function block({ answers }: Pick<Form, "answers">, ...lines: string[]): string {
  const known = [TEXT, SHAPE, `$answers := [${answers}]`];
  return `(\n  ${[...known, ...lines].join(";\n  ")}\n)`;
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

// The same for all fields, as an expression has few patterns.
const SHAPE = `$email := ${SHAPES.email}; $phone := ${SHAPES.phone};
  $line := ${SHAPES.line}`;

const LABEL = `$label := function($question) {
    $lowercase($substring($question, 0, ${LONGEST_LABEL})) ~> $replace(/[\\s_-]+/, " ")
      ~> $replace(${AROUND.after}, "")
      ~> $replace(${AROUND.before}, "")
  }`;

const FIT = `$fit := function($those, $shape, $taken) {
    $those[$not($ in $taken) and ($t := $text(value);
      $t != "" and $length($t) <= ${LONGEST_VALUE} and $contains($t, $shape))][0]
  }`;

function labelFor(part: Part): string[] {
  return "is" in LABELS[part] ? [LABEL] : [];
}

function found({ kinds = {} }: Form, part: Part, taken = ""): string {
  const label = LABELS[part];
  const shape = part === "email" || part === "phone" ? part : "line";
  const asking = `$answers[$contains(question, ${label.contains})]` +
    ("is" in label ? `[$contains($label(question), ${label.is})]` : "");
  const ofKind = kinds[part] === undefined
    ? []
    : [`$answers[kind in ${JSON.stringify(kinds[part])}]`];
  return `$fit([${[...ofKind, asking].join(",\n    ")}], $${shape}, [${taken}])`;
}

function names(form: Form): string[] {
  return [
    `$name := ${found(form, "full_name")}`,
    `$first := ${found(form, "first_name", "$name")}`,
    `$last := ${found(form, "last_name", "$name, $first")}`,
  ];
}

// A form may ask for the first name and for "Name", which then is the last name, or the reverse.
const FIRST_NAME = `$first ? $text($first.value)
    : $last ? $substringBefore($text($name.value), " " & $text($last.value))
    : $substringBefore($text($name.value), " ")`;
const LAST_NAME = `$last ? $text($last.value)
    : $first ? $substringAfter($text($name.value), $text($first.value) & " ")
    : $contains($text($name.value), " ") ? $substringAfter($text($name.value), " ")`;

function message(form: Form): string[] {
  const others = (["email", "phone", "company", "title"] as const).map((part) => found(form, part));
  const heading = form.heading ? `${form.heading},\n    ` : "";
  return [
    ...names(form),
    `$used := [$first, $last, $not($first and $last) ? $name,
    ${others.join(",\n    ")}]`,
    `$lines := [${heading}$answers[$not($ in $used)].($t := $text(value);
      $q := $replace($substring(question, 0, 2000), /[\\s:*]+$/, "");
      $t != "" ? ($q != "" ? $q & ": " & $t : $t))]`,
    '$count($lines) > 0 ? $join($lines, "\\n")',
  ];
}
