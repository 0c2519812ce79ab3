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
  /** Shown when more is asked for. */
  isMore?: true;
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
  const main = fields.filter(({ isMore }) => !isMore);
  const more = fields.filter(({ isMore }) => isMore);
  return (
    <Form submit={submit} onSubmit={send} fields={fields.map(({ name }) => name)}>
      {(errorOf) => {
        const shown = (field: RecordField) => (
          <OneField
            key={field.name}
            field={field}
            value={texts[field.name] ?? ""}
            onChange={(value) => setTexts((old) => ({ ...old, [field.name]: value }))}
            error={errorOf(field.name)}
          />
        );
        const isOpen = more.some(({ name }) => initial[name] || errorOf(name));
        return (
          <>
            <div class="records-form">{main.map(shown)}</div>
            {more.length > 0 && (
              <details open={isOpen}>
                <summary>More fields</summary>
                <div class="records-form">{more.map(shown)}</div>
              </details>
            )}
          </>
        );
      }}
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
    // Beyond 15 digits a browser's numbers are not exact: the server says what it takes.
    const isDigits = (isNumber || kind === "amount") &&
      /^-?\d+([.]\d+)?$/.test(text.trim()) && text.replace(/\D/g, "").length <= 15;
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
