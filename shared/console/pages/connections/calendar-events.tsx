import { lio } from "../../api.ts";
import { useLoad } from "../../load.ts";
import { type Column, Table } from "../../ui/table.tsx";
import { Short } from "../../ui/text.tsx";
import { Badge, dayText, numberText, Time } from "../../ui/values.tsx";
import type { LioPage } from "../jobs/job.ts";
import { Service } from "./service.tsx";

interface CalendarEvent {
  id: number | string;
  title: string | null;
  start: string;
  end: string;
  all_day: boolean;
  location: string | null;
  busy: boolean;
}

const SHOWN = 50;
const COLUMNS: readonly Column<CalendarEvent>[] = [
  { title: "Begins", cell: (event) => <Moment event={event} at={event.start} /> },
  { title: "Ends", cell: (event) => <Moment event={event} at={event.end} /> },
  { title: "What", cell: ({ title }) => <Short text={title} /> },
  { title: "Where", cell: ({ location }) => <Short text={location} />, isMinor: true },
  {
    title: "Counts",
    cell: ({ busy }) => busy ? <Badge tone="warn">Busy</Badge> : <Badge>Free</Badge>,
  },
];

interface CalendarEventsProps {
  calendar: "internal" | "google" | "microsoft";
  name: string;
}

/** What is in a calendar within 30 days. */
export function CalendarEvents({ calendar, name }: CalendarEventsProps) {
  const events = useLoad(
    (signal) =>
      lio.get<LioPage<CalendarEvent>>(`calendar/${calendar}/events`, { limit: SHOWN }, signal),
    [calendar],
  );
  return (
    <Service of={events}>
      {({ data, total }) => (
        <>
          <Table
            caption={`Events of ${name}`}
            rows={data}
            columns={COLUMNS}
            keyOf={({ id }) => id}
            empty={<p>Nothing is in this calendar: you are free.</p>}
          />
          {total > data.length && <p class="quiet">{numberText(total)} events in all.</p>}
        </>
      )}
    </Service>
  );
}

// A whole day is one of its own zone.
function Moment({ event: { all_day }, at }: { event: CalendarEvent; at: string }) {
  return all_day ? <>{dayText(at.slice(0, 10))}</> : <Time value={at} />;
}
