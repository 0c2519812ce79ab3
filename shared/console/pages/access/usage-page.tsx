import { native } from "../../api.ts";
import { useLoad, usePolling } from "../../load.ts";
import { Loading } from "../../ui/loading.tsx";
import { Plot } from "../../ui/plot.tsx";
import { type Column, Table } from "../../ui/table.tsx";
import { numberText, Time } from "../../ui/values.tsx";
import { AccessPage } from "./access-page.tsx";
import { apiName } from "./scopes.ts";
import type { Hour, Limit } from "./types.ts";

interface Usage {
  data: { limits: Limit[]; hours: Hour[] };
}

const HOUR = 3_600;
const HOURS = 7 * 24;
const EACH_MS = 10_000;

/** What is used of each limit, and how many requests there were. */
export function UsagePage() {
  const usage = useLoad((signal) => native.get<Usage>("v1-public-usage", {}, signal), []);
  usePolling(usage, EACH_MS);
  return (
    <AccessPage title="Usage">
      <Loading of={usage}>
        {({ data: { limits, hours } }) => (
          <>
            <section class="card" aria-labelledby="limits">
              <h2 id="limits">Limits</h2>
              <Table
                caption="Limits"
                rows={limits}
                columns={LIMITS}
                keyOf={({ id, name }) => `${id} ${name}`}
                empty="There are no limits."
              />
            </section>
            <Requests hours={hours} />
          </>
        )}
      </Loading>
    </AccessPage>
  );
}

const OF_WORKSPACE: Readonly<Record<string, string>> = {
  requests_per_minute: "Requests to the native API",
  contacts_per_day: "New contacts",
  activities_per_day: "New activities",
};
const WINDOWS: Readonly<Record<number, string>> = {
  60: "a minute",
  3600: "an hour",
  86400: "a day (UTC)",
};

const LIMITS: readonly Column<Limit>[] = [
  { title: "Of", cell: (limit) => <span class="clamped" dir="auto">{nameOf(limit)}</span> },
  {
    title: "Used",
    isNumber: true,
    cell: ({ used }) => used === null ? "Not known" : numberText(used),
  },
  {
    title: "Limit",
    isNumber: true,
    cell: ({ limit, seconds }) => `${numberText(limit)} ${WINDOWS[seconds] ?? ""}`,
  },
  { title: "Share", cell: Share },
  { title: "Starts anew", cell: ({ resets_at }) => <Time value={resets_at} /> },
];

function nameOf({ kind, name, api }: Limit) {
  if (kind === "workspace") return OF_WORKSPACE[name] ?? name;
  return kind === "connector" ? `Source ${name}` : `Key ${name} (${apiName(api ?? "")})`;
}

function Share(limit: Limit) {
  const { used, limit: most } = limit;
  if (used === null) return <span class="quiet">–</span>;
  const share = most === 0 ? 1 : Math.min(1, used / most);
  return (
    <progress value={share} max={1} aria-label={`${nameOf(limit)}: ${Math.round(share * 100)} %`} />
  );
}

function Requests({ hours }: { hours: readonly Hour[] }) {
  const all = everyHour(hours);
  const sum = hours.reduce((total, { requests }) => total + requests, 0);
  return (
    <section class="card" aria-labelledby="hours">
      <h2 id="hours">Requests an hour, last 7 days</h2>
      <Plot
        label={`Requests and errors of each hour of the last 7 days, ${numberText(sum)} in all`}
        kind="bars"
        times={all.map(({ time }) => time)}
        series={[
          { name: "Requests", values: all.map(({ requests }) => requests) },
          { name: "Errors", values: all.map(({ errors }) => errors) },
        ]}
      />
      <Table
        caption="Requests and errors of each day"
        rows={daysOf(all)}
        columns={DAYS}
        keyOf={({ day }) => day}
        empty="There were no requests."
      />
      <details>
        <summary>Hour by hour</summary>
        <Table
          caption="Requests and errors of each hour"
          rows={hours.toReversed()}
          columns={BY_HOUR}
          keyOf={({ at }) => at}
          empty="There were no requests."
        />
      </details>
    </section>
  );
}

type Counts = Pick<Hour, "requests" | "errors">;

const COUNTS: readonly Column<Counts>[] = [
  { title: "Requests", isNumber: true, cell: ({ requests }) => numberText(requests) },
  { title: "Errors", isNumber: true, cell: ({ errors }) => numberText(errors) },
];
const DAYS: readonly Column<Counts & { day: string }>[] = [
  { title: "Day", cell: ({ day }) => day },
  ...COUNTS,
];
const BY_HOUR: readonly Column<Hour>[] = [
  { title: "From", cell: ({ at }) => <Time value={at} /> },
  ...COUNTS,
];
const DAY = new Intl.DateTimeFormat(undefined, {
  weekday: "short",
  day: "numeric",
  month: "short",
});

// Those without requests are told by none.
function everyHour(hours: readonly Hour[]) {
  const known = new Map(hours.map((hour) => [Date.parse(hour.at) / 1_000, hour]));
  const last = Math.floor(Date.now() / 1_000 / HOUR) * HOUR;
  return Array.from({ length: HOURS }, (_, n) => {
    const time = last - (HOURS - 1 - n) * HOUR;
    const { requests = 0, errors = 0 } = known.get(time) ?? {};
    return { time, requests, errors };
  });
}

// The reader's days.
function daysOf(hours: ReturnType<typeof everyHour>) {
  const days = new Map<string, { day: string; requests: number; errors: number }>();
  for (const { time, requests, errors } of hours) {
    const day = DAY.format(new Date(time * 1_000));
    const { requests: some = 0, errors: wrong = 0 } = days.get(day) ?? {};
    days.set(day, { day, requests: some + requests, errors: wrong + errors });
  }
  return [...days.values()].toReversed();
}
