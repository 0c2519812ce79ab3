import type { ComponentChild } from "preact";
import { Table } from "../../ui/table.tsx";
import { Short } from "../../ui/text.tsx";
import { type Choice, type Choices, type Contact, type Field, FIELDS } from "./answers.ts";

interface ChooseFieldsProps {
  keep: Contact;
  merge: Contact;
  /** The kept contact as it will be; undefined until that is known. */
  after: Contact | undefined;
  companies: Readonly<Record<string, string>>;
  choices: Choices;
  onChange(choices: Choices): void;
}

/** Whose value each field has afterwards, with what comes of it. */
export function ChooseFields(
  { keep, merge, after, companies, choices, onChange }: ChooseFieldsProps,
) {
  const textOf = (contact: Contact | undefined, field: Field): string => {
    const value = contact?.[field] ?? null;
    if (value === null) return "";
    return field === "company_id" ? companies[value] ?? "" : String(value);
  };
  const option = (field: Field, label: string, choice: Choice): ComponentChild => {
    const text = textOf(choice === "keep" ? keep : merge, field);
    if (!isOpen(keep, merge, field)) return <Short text={text} />;
    const chosen = choices[field] ?? (keep[field] === null ? "merge" : "keep");
    return (
      <label class="check">
        <input
          type="radio"
          name={field}
          aria-label={`${label}: ${text.slice(0, 80) || "nothing"}`}
          checked={chosen === choice}
          onChange={() => onChange({ ...choices, [field]: choice })}
        />
        {text === "" ? <span class="quiet">Nothing</span> : <Short text={text} />}
      </label>
    );
  };
  const rows = FIELDS.filter(([field]) => keep[field] !== null || merge[field] !== null);
  return (
    <Table
      caption="Whose value each field has afterwards"
      rows={rows}
      keyOf={([field]) => field}
      empty="Neither has any."
      columns={[
        { title: "Field", cell: ([, label]) => <strong>{label}</strong> },
        { title: "Kept", cell: ([field, label]) => option(field, label, "keep") },
        { title: "Merged", cell: ([field, label]) => option(field, label, "merge") },
        {
          title: "Afterwards",
          cell: ([field]) => <Short text={textOf(after, field)} />,
        },
      ]}
    />
  );
}

// Of the same values there is nothing to choose; who is with a company stays with one.
function isOpen(keep: Contact, merge: Contact, field: Field): boolean {
  if (keep[field] === merge[field]) return false;
  return field !== "company_id" || (keep[field] !== null && merge[field] !== null);
}
