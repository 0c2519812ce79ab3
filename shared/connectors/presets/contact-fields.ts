import type { Preset } from "../preset.ts";

/** How a provider's form becomes a contact. Every text is a JSONata expression. */
export interface Form {
  /** Bindings that the others need. */
  first?: string;
  /**
   * Gives the answers: `{question, kind, value}`. The question is text or absent, the kind the
   * provider's type of question.
   */
  answers: string;
  /** Gives the message's first line, such as the form's name. */
  heading?: string;
  /** Gives the form in one line, with titles that the answers lack. */
  summary?: string;
  /** Gives what to tell of the payload: `{field, message}` for what of it could not be read. */
  warnings?: string;
}

/**
 * What reads a form: email, phone, names, company and job title each come from the answer that asks
 * for it most surely, and every other answer is a line of the message.
 */
export function contactForm(form: Form): Pick<Preset, "prepare" | "field_map"> {
  return { prepare: prepare(form), field_map: FIELD_MAP };
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

function prepare({ first, answers, heading = '""', summary = '""', warnings }: Form): string {
  const read = `$person(\n  ${[answers, heading, summary].join(",\n  ")}\n)`;
  const person = warnings === undefined ? read : `$merge([${read}, {"warnings": [${warnings}]}])`;
  return first === undefined ? person : `(\n  ${first};\n  ${person}\n)`;
}
