import { useState } from "preact/hooks";
import { SelectField, TextArea, TextField } from "../../ui/fields.tsx";
import { Form } from "../../ui/form.tsx";
import { SuggestField } from "../../ui/suggest-field.tsx";
import { companyNames } from "./companies-found.ts";

/** A field of a record's form. */
export interface RecordField {
  name: string;
  label: string;
  kind?: "text" | "email" | "url" | "area" | "choice" | "amount" | "company";
  hint?: string;
  /** With `choice`: what can be chosen. */
  choices?: readonly (readonly [value: string, text: string])[];
  /** Whether what is chosen is told as a number. */
  isNumber?: true;
}

/** What is typed in a form, by its fields. */
export type Texts = Readonly<Record<string, string>>;

/** What is sent: null clears. */
export type Sent = Record<string, string | number | null>;

interface RecordFormProps {
  fields: readonly RecordField[];
  initial?: Texts;
  submit: string;
  /** With the fields that changed; with `isNew` those that are not empty. */
  save(sent: Sent, texts: Texts): Promise<void>;
  isNew?: boolean;
}

/** A form of a record, which sends only what was changed. */
export function RecordForm({ fields, initial = {}, submit, save, isNew = false }: RecordFormProps) {
  const [texts, setTexts] = useState<Texts>(initial);
  const send = () => save(sentOf(fields, isNew ? {} : initial, texts), texts);
  return (
    <Form submit={submit} onSubmit={send} fields={fields.map(({ name }) => name)}>
      {(errorOf) => (
        <div class="records-form">
          {fields.map((field) => (
            <OneField
              key={field.name}
              field={field}
              value={texts[field.name] ?? ""}
              onChange={(value) => setTexts((old) => ({ ...old, [field.name]: value }))}
              error={errorOf(field.name)}
            />
          ))}
        </div>
      )}
    </Form>
  );
}

function OneField(
  { field: { label, hint, kind = "text", choices = [] }, value, onChange, error }: {
    field: RecordField;
    value: string;
    onChange(value: string): void;
    error: string | undefined;
  },
) {
  const given = { label, hint, error, value, onChange };
  switch (kind) {
    case "area":
      return (
        <div class="records-wide">
          <TextArea {...given} />
        </div>
      );
    case "choice":
      return <SelectField {...given} choices={choices} />;
    case "company":
      return <SuggestField {...given} suggest={companyNames} />;
    default:
      return <TextField {...given} type={kind === "amount" ? "text" : kind} />;
  }
}

function sentOf(fields: readonly RecordField[], initial: Texts, texts: Texts): Sent {
  const sent: Sent = {};
  for (const { name, kind, isNumber } of fields) {
    const text = texts[name] ?? "";
    if (text === (initial[name] ?? "")) continue;
    const isDigits = (isNumber || kind === "amount") && /^-?\d+([.]\d+)?$/.test(text.trim());
    sent[name] = text.trim() === "" ? null : isDigits ? Number(text) : text;
  }
  return sent;
}

/** The texts of a record's fields. */
export function textsOf(
  fields: readonly RecordField[],
  record: Readonly<Record<string, unknown>>,
): Texts {
  return Object.fromEntries(
    fields.map(({ name }) => [name, record[name] == null ? "" : String(record[name])]),
  );
}
