import { useLoad } from "../../load.ts";
import { newKey } from "../../once.ts";
import { query, setQuery } from "../../router.ts";
import { isAtLeast, session } from "../../session.ts";
import { tell } from "../../toasts.ts";
import { Whole } from "../../ui/cells.tsx";
import { Confirm } from "../../ui/confirm.tsx";
import { SelectField } from "../../ui/fields.tsx";
import { Loading } from "../../ui/loading.tsx";
import { type Column, Table } from "../../ui/table.tsx";
import { Badge, Time } from "../../ui/values.tsx";
import { PAGE_SIZE, pageIn, Pager } from "../../ui/pager.tsx";
import { CANCELLED, cancelMeeting, type Meeting, meetingsOf } from "./booking.ts";

const STATUSES = ["", "Scheduled", "Rescheduled", "Held", "Cancelled", "No show"];
/** What can still be cancelled, before it has ended: scheduled and rescheduled ones. */
const TO_COME = new Set([1, 2]);
const WHEN = [["", "To come"], ["past", "Past"], ["all", "All"]] as const;

/** The meetings that visitors booked, and those that were made here. */
export function MeetingsSection() {
  const when = query.value.get("when") ?? "";
  const page = pageIn();
  const meetings = useLoad((signal) => {
    const now = new Date().toISOString();
    const span = when === "" ? { from: now } : when === "past" ? { to: now } : {};
    const order_in = when === "" ? "ASC" : "DESC";
    return meetingsOf({ ...span, order_in, page, limit: PAGE_SIZE }, signal);
  }, [when, page]);
  return (
    <section class="card booking-meetings" aria-label="Meetings">
      <h2>Meetings</h2>
      <div class="filters">
        <SelectField
          label="Show"
          value={when}
          onChange={(next) => setQuery({ when: next, page: null })}
          choices={WHEN}
        />
      </div>
      <Loading of={meetings}>
        {({ data, total }) => (
          <>
            <Table
              caption="Meetings"
              rows={data}
              columns={columnsOf(meetings.reload)}
              keyOf={({ id }) => id}
              empty={when === ""
                ? <p>Nobody has booked a time to come. Send somebody the link of your page.</p>
                : <p>No meetings.</p>}
            />
            <Pager what="meetings" page={page} total={total} />
          </>
        )}
      </Loading>
    </section>
  );
}

function columnsOf(reload: () => void): readonly Column<Meeting>[] {
  return [
    { title: "When", cell: (meeting) => <When meeting={meeting} /> },
    { title: "Meeting", cell: (meeting) => <About meeting={meeting} /> },
    { title: "With", cell: (meeting) => <With meeting={meeting} /> },
    {
      title: "State",
      cell: ({ status }) => (
        <Badge tone={status === CANCELLED ? "bad" : "plain"}>{STATUSES[status] ?? status}</Badge>
      ),
    },
    ...(isAtLeast("rep")
      ? [{ title: "Actions", cell: (of: Meeting) => <Cancel of={of} reload={reload} /> }]
      : []),
  ];
}

function When({ meeting: { start_time, user_id } }: { meeting: Meeting }) {
  const isMine = user_id === session.value?.user.number;
  return (
    <>
      <Whole>
        <Time value={start_time} />
      </Whole>
      {!isMine && <p class="quiet">Somebody else’s</p>}
    </>
  );
}

function About({ meeting: { title, booking } }: { meeting: Meeting }) {
  return (
    <>
      <Line text={title} />
      {booking?.notes && (
        <p class="quiet">
          <Line text={booking.notes} />
        </p>
      )}
    </>
  );
}

function With({ meeting: { booking, attendees, lead_id } }: { meeting: Meeting }) {
  const who = booking?.name ?? attendees.map(({ name, email }) => name ?? email).join(", ");
  const named = <Line text={who || "The lead"} />;
  return (
    <>
      {lead_id === null ? who && named : <a href={`#/leads/${lead_id}`}>{named}</a>}
      {booking && (
        <p class="quiet">
          <Line text={booking.email} />
        </p>
      )}
    </>
  );
}

function Line({ text }: { text: string }) {
  return <span class="clamped" dir="auto" title={text.slice(0, 1_000)}>{text}</span>;
}

function Cancel({ of, reload }: { of: Meeting; reload(): void }) {
  const { id, title, status, end_time } = of;
  if (!TO_COME.has(status) || Date.parse(end_time) <= Date.now()) return null;
  const run = async () => {
    await cancelMeeting(id, newKey());
    tell("The meeting was cancelled.");
    reload();
  };
  return (
    <Confirm
      button="Cancel the meeting"
      label={`Cancel the meeting ${title.slice(0, 80)}`}
      question="Cancel this meeting?"
      keep="Keep it"
      run={run}
    >
      <p dir="auto">{title}</p>
      <p>Those who attend are told by mail, and the time is free again.</p>
    </Confirm>
  );
}
