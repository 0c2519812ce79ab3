import { newKey } from "../../once.ts";
import { useRef, useState } from "preact/hooks";
import { ApiError } from "../../api-error.ts";
import { tell } from "../../toasts.ts";
import { upload } from "../../transfer.ts";
import { Field, SelectField, TextField } from "../../ui/fields.tsx";
import { Form } from "../../ui/form.tsx";

const HINT =
  "CSV or XLSX, at most 10 MB and 50,000 rows, with the names of columns in the first row. Columns " +
  "that are no field of a lead become custom fields.";
const DUPLICATES = [
  ["skip", "Skip the row"],
  ["merge", "Complete the lead that is there"],
  ["create", "Make a further lead"],
] as const;

/** Takes a file of leads, and tells how much of it was sent. */
export function ImportForm({ onBegun }: { onBegun(): void }) {
  const input = useRef<HTMLInputElement>(null);
  const [way, setWay] = useState("skip");
  const [tags, setTags] = useState("");
  const [sent, setSent] = useState<number | null>(null);
  const { key, renew } = useKey();
  const send = async () => {
    const file = input.current?.files?.[0];
    if (!file) throw noFile();
    try {
      const form = formOf(file, way, tags);
      await upload("lio/api/lead/lead-imports", form, setSent, key.current);
    } finally {
      setSent(null);
    }
    tell(`The import of ${file.name} has begun.`);
    renew();
    if (input.current) input.current.value = "";
    onBegun();
  };
  return (
    <details class="card fold" onChange={renew}>
      <summary>Import leads from a file</summary>
      <Form submit="Import" onSubmit={send} fields={["file", "on_duplicate", "tags"]}>
        {(errorOf) => (
          <>
            <Field label="File" hint={HINT} error={errorOf("file")}>
              {(attributes) => (
                <input
                  {...attributes}
                  ref={input}
                  type="file"
                  accept=".csv,.xlsx"
                />
              )}
            </Field>
            <SelectField
              label="When a lead is there already"
              value={way}
              choices={DUPLICATES}
              onChange={setWay}
              error={errorOf("on_duplicate")}
            />
            <TextField
              label="Tags for all of them"
              hint="With commas between."
              value={tags}
              onChange={setTags}
              error={errorOf("tags")}
            />
            {sent !== null && <progress value={sent} max={1} aria-label="Sent of the file" />}
          </>
        )}
      </Form>
    </details>
  );
}

// What is sent again has the same key, until something of it changes.
function useKey() {
  const key = useRef(newKey());
  const renew = () => {
    key.current = newKey();
  };
  return { key, renew };
}

function formOf(file: File, way: string, tags: string): FormData {
  const form = new FormData();
  form.append("file", file);
  form.append("on_duplicate", way);
  if (tags.trim() !== "") form.append("tags", tags);
  return form;
}

function noFile(): ApiError {
  return new ApiError(400, "", "Choose a file.", [{ field: "file", message: "Choose a file." }]);
}
