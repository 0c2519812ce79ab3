import { useState } from "preact/hooks";
import { lio } from "../../../api.ts";
import { isAtLeast } from "../../../session.ts";
import { tell } from "../../../toasts.ts";
import { TextArea, TextField } from "../../../ui/fields.tsx";
import { Form } from "../../../ui/form.tsx";
import { Long } from "../../../ui/text.tsx";
import { Time } from "../../../ui/values.tsx";
import type { Lead } from "../answers.ts";
import { useOnce } from "../../../once.ts";
import { Related, useNewest } from "../related.tsx";

interface Note {
  id: number;
  title: string | null;
  note: string | null;
  created_by_name: string | null;
  created_at: string;
}

/** The notes of a lead. */
export function Notes({ lead, wrote }: { lead: Lead; wrote(): void }) {
  const notes = useNewest<Note>("lead/note/list", { lead_id: lead.id });
  const added = () => {
    notes.reload();
    wrote();
  };
  return (
    <Related
      title="Notes"
      of={notes}
      empty="No notes yet."
      keyOf={({ id }) => id}
      add={isAtLeast("rep") && (
        <NewNote
          save={(title, note, idempotencyKey) =>
            lio.post("lead/note/add", { lead_id: lead.id, title, note }, { idempotencyKey })}
          added={added}
        />
      )}
    >
      {({ title, note, created_by_name, created_at }) => (
        <>
          {title && <h3 dir="auto">{title}</h3>}
          {note && <Long text={note} />}
          <p class="quiet">
            <Time value={created_at} />
            {created_by_name && " · "}
            <bdi>{created_by_name}</bdi>
          </p>
        </>
      )}
    </Related>
  );
}

/** Asks for a note. */
export function NewNote(
  { save, added, field = "note" }: {
    save(title: string, note: string | null, idempotencyKey: string): Promise<unknown>;
    added(): void;
    /** What the API calls the text. */
    field?: string;
  },
) {
  const [title, setTitle] = useState("");
  const [note, setNote] = useState("");
  const once = useOnce();
  const add = async () => {
    await once([title, note], (key) => save(title, note === "" ? null : note, key));
    setTitle("");
    setNote("");
    tell("Note added.");
    added();
  };
  return (
    <details class="records-add">
      <summary>Add a note</summary>
      <Form submit="Add note" onSubmit={add} fields={["title", field]}>
        {(errorOf) => (
          <>
            <TextField label="Title" value={title} onChange={setTitle} error={errorOf("title")} />
            <TextArea label="Note" value={note} onChange={setNote} error={errorOf(field)} />
          </>
        )}
      </Form>
    </details>
  );
}
