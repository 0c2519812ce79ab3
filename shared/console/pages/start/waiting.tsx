import { useRef } from "preact/hooks";
import { native } from "../../api.ts";
import { useLoad, usePolling } from "../../load.ts";
import { Failure } from "../../ui/failure.tsx";
import { Time } from "../../ui/values.tsx";

/** What the page shows of a contact. */
interface Contact {
  id: string;
  email: string | null;
  first_name: string | null;
  last_name: string | null;
  source: string | null;
  updated_at: string;
}

const EACH_MS = 2_000;

/** Waits for a lead, and shows it when it has arrived: one that is new, or written again. */
export function Waiting() {
  const newest = useLoad(lastWritten, []);
  const first = useRef<string | null>(null);
  usePolling(newest, EACH_MS);
  if (newest.error) return <Failure error={newest.error} retry={newest.reload} />;
  if (newest.data === undefined) return <p class="quiet" role="status">Loading…</p>;
  const mark = markOf(newest.data);
  first.current ??= mark;
  const hasArrived = newest.data !== null && mark !== first.current;
  return (
    <div class={hasArrived ? "notice good" : "notice waiting"} role="status">
      {hasArrived && newest.data
        ? <Arrived contact={newest.data} />
        : <p>Waiting for your {first.current === "" ? "first" : "next"} lead…</p>}
    </div>
  );
}

function Arrived({ contact }: { contact: Contact }) {
  const name = [contact.first_name, contact.last_name].filter(Boolean).join(" ");
  return (
    <>
      <p>
        <strong dir="auto">{name || contact.email || "A lead without a name"}</strong> has arrived.
      </p>
      <p class="quiet" dir="auto">
        {[name && contact.email, contact.source && `from ${contact.source}`]
          .filter(Boolean).join(", ")} <Time value={contact.updated_at} />
      </p>
      <a class="button" href={`#/contacts/${contact.id}`}>Open the contact</a>
    </>
  );
}

async function lastWritten(signal: AbortSignal): Promise<Contact | null> {
  const { data } = await native.get<{ data: { items: Contact[] } }>(
    "v1-public-contacts-crud",
    { per_page: 1, sort_by: "updated_at", sort_order: "desc" },
    signal,
  );
  return data.items[0] ?? null;
}

function markOf(contact: Contact | null): string {
  return contact === null ? "" : `${contact.id} ${contact.updated_at}`;
}
