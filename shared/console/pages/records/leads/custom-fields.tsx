import { useState } from "preact/hooks";
import { lio } from "../../../api.ts";
import { isAtLeast } from "../../../session.ts";
import { tell } from "../../../toasts.ts";
import { Dialog } from "../../../ui/dialog.tsx";
import { TextField } from "../../../ui/fields.tsx";
import { Form } from "../../../ui/form.tsx";
import { Long } from "../../../ui/text.tsx";
import { Facts } from "../../../ui/values.tsx";
import type { Lead } from "../answers.ts";
import { useOnce } from "../../../once.ts";

/** What a lead has beside its usual fields. */
export function CustomFields({ lead, wrote }: { lead: Lead; wrote(): void }) {
  const [isEditing, setEditing] = useState(false);
  const fields = Object.entries(lead.custom_fields);
  return (
    <section class="card" aria-labelledby="custom-fields">
      <h2 id="custom-fields">Custom fields</h2>
      {fields.length === 0 && <p class="quiet">None yet.</p>}
      <Facts
        facts={fields.map(([name, value]) => [name, <Long key={name} text={textOf(value)} />])}
      />
      {isAtLeast("rep") && (
        <div class="actions">
          <button type="button" onClick={() => setEditing(true)}>Edit custom fields</button>
        </div>
      )}
      {isEditing && <EditFields lead={lead} wrote={wrote} onClose={() => setEditing(false)} />}
    </section>
  );
}

function EditFields({ lead, wrote, onClose }: { lead: Lead; wrote(): void; onClose(): void }) {
  const before = Object.entries(lead.custom_fields).map(([name, value]) =>
    [name, textOf(value)] as const
  );
  const [texts, setTexts] = useState<Record<string, string>>(Object.fromEntries(before));
  const [name, setName] = useState("");
  const [value, setValue] = useState("");
  const once = useOnce();
  const save = async () => {
    const changed = before.flatMap(([field, text]) =>
      texts[field] === text ? [] : [[field, valueOf(lead.custom_fields[field], texts[field] ?? "")]]
    );
    const added = name.trim() === "" ? [] : [[name.trim(), value]];
    if (changed.length + added.length > 0) {
      const body = {
        lead_id: lead.id,
        custom_fields: Object.fromEntries([...changed, ...added]) as Record<string, unknown>,
      };
      await once(
        body,
        (idempotencyKey) => lio.post("lead/update-custom-fields", body, { idempotencyKey }),
      );
      tell("Custom fields saved.");
      wrote();
    }
    onClose();
  };
  return (
    <Dialog title="Custom fields" onClose={onClose}>
      <Form submit="Save" onSubmit={save}>
        {() => (
          <div class="records-form">
            {before.map(([field]) => (
              <TextField
                key={field}
                label={field}
                value={texts[field] ?? ""}
                onChange={(text) => setTexts((old) => ({ ...old, [field]: text }))}
              />
            ))}
            <TextField label="New field" value={name} onChange={setName} />
            <TextField label="Its value" value={value} onChange={setValue} />
          </div>
        )}
      </Form>
    </Dialog>
  );
}

function textOf(value: unknown): string {
  if (value === null || value === undefined) return "";
  return typeof value === "string" ? value : JSON.stringify(value);
}

/** A text in place of a text; else what its JSON says, or the text where it is none. An empty one takes the field away. */
function valueOf(before: unknown, text: string): unknown {
  if (text === "") return null;
  if (typeof before === "string") return text;
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return text;
  }
}
