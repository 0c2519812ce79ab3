import { useEffect, useState } from "preact/hooks";
import { native } from "../../api.ts";
import { useLoad } from "../../load.ts";
import { Failure } from "../../ui/failure.tsx";
import { TextField } from "../../ui/fields.tsx";

interface Named {
  id: string;
  name?: string | null;
  first_name?: string | null;
  last_name?: string | null;
  email?: string | null;
}

const PATHS = { company: "v1-public-companies", contact: "v1-public-contacts-crud" } as const;
const WAIT_MS = 250;
const MOST = 6;

interface LinkFieldProps {
  label: string;
  kind: keyof typeof PATHS;
  /** The id of the record; null for none. */
  value: string | null;
  onChange(id: string | null): void;
  error?: string | undefined;
}

/** A company or a contact, found by its name. */
export function LinkField({ label, kind, value, onChange, error }: LinkFieldProps) {
  if (value === null) {
    return <Finder label={label} kind={kind} onChoose={onChange} error={error} />;
  }
  return <Chosen label={label} kind={kind} id={value} onClear={() => onChange(null)} />;
}

interface ChosenProps {
  label: string;
  kind: keyof typeof PATHS;
  id: string;
  onClear?: () => void;
}

/** The record that is linked. */
export function Chosen({ label, kind, id, onClear }: ChosenProps) {
  const { data, error } = useLoad(async (signal) => {
    const answer = await native.get<{ data: Named }>(PATHS[kind], { id }, signal);
    return nameOf(answer.data);
  }, [kind, id]);
  return (
    <div class="field">
      <span class="deals-label">{label}</span>
      <div class="actions">
        <span dir="auto">{data ?? (error ? "Cannot be read" : "Loading…")}</span>
        {onClear && (
          <button type="button" class="plain" onClick={onClear}>
            Remove<span class="unseen">the {kind}</span>
          </button>
        )}
      </div>
    </div>
  );
}

interface FinderProps extends Pick<LinkFieldProps, "label" | "kind" | "error"> {
  onChoose(id: string): void;
}

function Finder({ label, kind, onChoose, error }: FinderProps) {
  const [text, setText] = useState("");
  const [asked, setAsked] = useState("");
  useEffect(() => {
    const timer = setTimeout(() => setAsked(text.trim()), WAIT_MS);
    return () => clearTimeout(timer);
  }, [text]);
  const found = useLoad(async (signal): Promise<readonly Named[]> => {
    if (asked === "") return [];
    const query = { search: asked, per_page: MOST };
    const answer = await native.get<{ data: { items: readonly Named[] } }>(
      PATHS[kind],
      query,
      signal,
    );
    return answer.data.items;
  }, [kind, asked]);
  return (
    <div class="field">
      <TextField
        label={label}
        type="search"
        placeholder="Search by name"
        value={text}
        onChange={setText}
        error={error}
      />
      {found.error && <Failure error={found.error} retry={found.reload} />}
      {asked !== "" && found.data && (
        <div class="deals-found" role="group" aria-label={`Found for ${label}`}>
          {found.data.map((record) => (
            <button
              key={record.id}
              type="button"
              dir="auto"
              onClick={() => onChoose(record.id)}
            >
              {nameOf(record)}
            </button>
          ))}
          <p class="quiet" role="status">
            {found.data.length === 0 ? "None found." : "Choose one."}
          </p>
        </div>
      )}
    </div>
  );
}

function nameOf({ name, first_name, last_name, email }: Named): string {
  const own = name ?? [first_name, last_name].filter(Boolean).join(" ");
  return own || email || "Without a name";
}
