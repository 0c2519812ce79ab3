import { useState } from "preact/hooks";
import { lio } from "../../../api.ts";
import { isAtLeast } from "../../../session.ts";
import { tell } from "../../../toasts.ts";
import { TextArea, TextField } from "../../../ui/fields.tsx";
import { Form } from "../../../ui/form.tsx";
import { Long } from "../../../ui/text.tsx";
import { Badge, Time } from "../../../ui/values.tsx";
import type { Lead } from "../answers.ts";
import type { Known } from "../known.ts";
import { useOnce } from "../../../once.ts";
import { Related, useNewest } from "../related.tsx";

interface FollowUp {
  id: number;
  follow_up_date: string | null;
  notes: string | null;
  status_text: string;
  assigned_to: number | null;
}

/** When to get back to a lead. */
export function FollowUps(
  { lead, known, wrote }: { lead: Lead; known: Known | undefined; wrote(): void },
) {
  const followUps = useNewest<FollowUp>("lead/follow-up/list", {
    lead_id: lead.id,
    order_by: "follow_up_date",
    order_in: "DESC",
  });
  const added = () => {
    followUps.reload();
    wrote();
  };
  return (
    <Related
      title="Follow-ups"
      of={followUps}
      empty="No follow-ups planned."
      keyOf={({ id }) => id}
      add={isAtLeast("rep") && <NewFollowUp lead={lead} added={added} />}
    >
      {({ follow_up_date, notes, status_text, assigned_to }) => (
        <>
          <p>
            <Time value={follow_up_date} />{" "}
            <Badge tone={status_text === "Overdue" ? "bad" : "plain"}>{status_text}</Badge>
          </p>
          {notes && <Long text={notes} />}
          {assigned_to !== null && (
            <p class="quiet">
              <bdi>{known?.users.find(({ id }) => id === assigned_to)?.name}</bdi>
            </p>
          )}
        </>
      )}
    </Related>
  );
}

function NewFollowUp({ lead, added }: { lead: Lead; added(): void }) {
  const [date, setDate] = useState("");
  const [notes, setNotes] = useState("");
  const once = useOnce();
  const add = async () => {
    const body = { lead_id: lead.id, follow_up_date: instantOf(date), notes: notes || null };
    await once(body, (idempotencyKey) => lio.post("lead/follow-up/add", body, { idempotencyKey }));
    setDate("");
    setNotes("");
    tell("Follow-up planned.");
    added();
  };
  return (
    <details class="records-add">
      <summary>Plan a follow-up</summary>
      <Form submit="Plan follow-up" onSubmit={add} fields={["follow_up_date", "notes"]}>
        {(errorOf) => (
          <>
            <TextField
              label="When"
              type="datetime-local"
              value={date}
              onChange={setDate}
              error={errorOf("follow_up_date")}
            />
            <TextArea
              label="What for"
              value={notes}
              onChange={setNotes}
              rows={2}
              error={errorOf("notes")}
            />
          </>
        )}
      </Form>
    </details>
  );
}

/** A local time as an instant; what is none is left for the API to refuse. */
function instantOf(local: string): string {
  const at = new Date(local);
  return Number.isNaN(at.getTime()) ? local : at.toISOString();
}
