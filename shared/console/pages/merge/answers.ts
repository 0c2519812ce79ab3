/** A contact of the native API. */
export interface Contact {
  id: string;
  first_name: string | null;
  last_name: string | null;
  email: string | null;
  phone: string | null;
  title: string | null;
  company_id: string | null;
  source: string | null;
  status: string;
  signal_strength: number | null;
  created_at: string;
}

/** Whose value a field has after a merge. */
export type Choice = "keep" | "merge";

/** What a merge does, or would do. */
export interface Merge {
  id?: string;
  merged_id: string;
  moved: Readonly<Record<string, number>>;
  merged: Readonly<Record<string, number>>;
  lost: readonly { record: string; field: string; value: unknown }[];
}

/** What a merge would make of the kept contact. */
export interface Preview {
  record: Contact;
  merge: Merge;
}

/** What undoing a merge did. */
export interface Undone extends Contact {
  undone: { kept_changes: Readonly<Record<string, { from: unknown; to: unknown }>> };
}

/** The fields that can be chosen, with what they are called. */
export const FIELDS = [
  ["first_name", "First name"],
  ["last_name", "Last name"],
  ["email", "Email"],
  ["phone", "Phone"],
  ["title", "Job title"],
  ["company_id", "Company"],
  ["source", "Source"],
  ["status", "Status"],
  ["signal_strength", "Signal strength"],
] as const;

export type Field = (typeof FIELDS)[number][0];

export type Choices = Readonly<Partial<Record<Field, Choice>>>;

/** What a field of a record is called. */
export function labelOf(field: string): string {
  return FIELDS.find(([name]) => name === field)?.[1] ?? field.replaceAll("_", " ");
}

/** What a contact is called. */
export function nameOf({ first_name, last_name, email, phone }: Contact): string {
  const name = [first_name, last_name].filter(Boolean).join(" ");
  return name || (email ?? phone ?? "A contact without a name");
}
