import { useState } from "preact/hooks";
import { lio } from "../../../api.ts";
import { isAtLeast, session } from "../../../session.ts";
import { tell } from "../../../toasts.ts";
import { Confirm } from "../../../ui/confirm.tsx";
import { Dialog } from "../../../ui/dialog.tsx";
import { SelectField, TextField } from "../../../ui/fields.tsx";
import { Form } from "../../../ui/form.tsx";
import { numberText } from "../../../ui/values.tsx";
import { choicesOf, forgetKnown, type Known } from "../known.ts";
import { newKey } from "../../../once.ts";

interface BulkProps {
  ids: readonly number[];
  known: Known | undefined;
  done(): void;
}

/** What can be done with the leads that were chosen in the list. */
export function BulkLeads({ ids, known, done }: BulkProps) {
  const [isChanging, setChanging] = useState(false);
  const count = `${numberText(ids.length)} ${ids.length === 1 ? "lead" : "leads"}`;
  return (
    <>
      <button type="button" onClick={() => setChanging(true)}>Change {count}…</button>
      {isAtLeast("member") && (
        <Confirm
          button={`Delete ${count}`}
          question={`Delete ${count}?`}
          run={async () => {
            await lio.delete("lead/delete", { body: { ids }, idempotencyKey: newKey() });
            tell(`Deleted: ${count}.`);
            done();
          }}
        >
          <p>
            They go for good, with their tags, signals, documents and drafts, and the notes and
            follow-ups that are of no contact. Contacts, deals, meetings, calls and messages stay.
          </p>
        </Confirm>
      )}
      {isChanging && (
        <ChangeLeads
          ids={ids}
          known={known}
          count={count}
          close={() => setChanging(false)}
          done={done}
        />
      )}
    </>
  );
}

const NOBODY = "nobody";

function ChangeLeads(
  { ids, known, count, close, done }: BulkProps & { count: string; close(): void },
) {
  const [status, setStatus] = useState("");
  const [user, setUser] = useState("");
  const [tag, setTag] = useState("");
  const own = String(session.value?.user.number);
  const users = choicesOf(known?.users).filter(([id]) => isAtLeast("member") || id === own);
  const post = (path: string, body: object) =>
    lio.post(`lead/${path}`, { ids, ...body }, { idempotencyKey: newKey() });
  const change = async () => {
    if (status !== "") await post("status-change", { status: Number(status) });
    if (user !== "") {
      await post("assign-user", { assigned_to: user === NOBODY ? null : Number(user) });
    }
    if (tag.trim() !== "") await post("assign-tags", { tags: [tag.trim()] });
    forgetKnown();
    close();
    if (status + user + tag.trim() === "") return;
    tell(`Changed: ${count}.`);
    done();
  };
  return (
    <Dialog title={`Change ${count}`} onClose={close}>
      <Form submit="Change" onSubmit={change} fields={["status", "assigned_to", "tags"]}>
        {(errorOf) => (
          <>
            <SelectField
              label="New status"
              value={status}
              onChange={setStatus}
              choices={[["", "As it is"], ...choicesOf(known?.statuses)]}
              error={errorOf("status")}
            />
            <SelectField
              label="Assign to"
              value={user}
              onChange={setUser}
              choices={[["", "As it is"], [NOBODY, "Nobody"], ...users]}
              error={errorOf("assigned_to")}
            />
            <TextField
              label="Tag to add"
              value={tag}
              onChange={setTag}
              error={errorOf("tags")}
            />
          </>
        )}
      </Form>
    </Dialog>
  );
}
