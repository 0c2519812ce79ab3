import { lio, type LioPage } from "../../api.ts";
import { useLoad } from "../../load.ts";
import { type Column, Table } from "../../ui/table.tsx";
import { Short } from "../../ui/text.tsx";
import { Badge, dayTextIn, numberText, Time } from "../../ui/values.tsx";
import { Service } from "./service.tsx";

interface CalendarEvent {
  id: number | string;
  title: string | null;
  start: string;
  end: string;
  all_day: boolean;
  timezone: string;
  location: string | null;
  busy: boolean;
}

const SHOWN = 50;
const COLUMNS: readonly Column<CalendarEvent>[] = [
  { title: "Begins", cell: Begins },
  { title: "Ends", cell: Ends },
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

// Whole days are those of the event's own zone.
function Begins({ all_day, start, timezone }: CalendarEvent) {
  return all_day ? <>{dayTextIn(timezone, Date.parse(start))}</> : <Time value={start} />;
}

// They end as the day after them begins.
function Ends({ all_day, end, timezone }: CalendarEvent) {
  return all_day ? <>{dayTextIn(timezone, Date.parse(end) - 1)}</> : <Time value={end} />;
}
