import { useLoad } from "../../load.ts";
import { query, setQuery } from "../../router.ts";
import { Loading } from "../../ui/loading.tsx";
import { SelectField } from "../../ui/fields.tsx";
import { Badge } from "../../ui/values.tsx";
import { session } from "../../session.ts";
import { AppState } from "./app-state.tsx";
import { CalendarEvents } from "./calendar-events.tsx";
import { ConnectApp } from "./connect-app.tsx";
import { type App, readApps } from "./connections.ts";
import { ConnectionsPage } from "./connections-page.tsx";

const CALENDARS = [
  ["internal", "Calendar here"],
  ["google", "Google Calendar"],
  ["microsoft", "Microsoft Calendar"],
] as const;

/** The calendars of who is signed in, and what is in one of them. */
export function CalendarsPage() {
  const apps = useLoad(readApps, []);
  const asked = query.value.get("calendar") ?? "";
  const [calendar, name] = CALENDARS.find(([one]) => one === asked) ?? CALENDARS[0];
  return (
    <ConnectionsPage title="Calendars">
      <p class="quiet">
        When you are busy by any of these calendars, nobody is offered that time to book you.
      </p>
      <Loading of={apps}>
        {(found) => (
          <div class="cards">
            <section class="card" aria-label="Calendar here">
              <h2>Calendar here</h2>
              <p>
                <Badge tone="good">Always counts</Badge>
              </p>
              <p>Your meetings, and what bookings made of your time.</p>
            </section>
            {found.filter(({ scope }) => scope === "user").map((app) => (
              <CalendarCard key={app.provider} app={app} done={apps.reload} />
            ))}
          </div>
        )}
      </Loading>
      <section class="stack" aria-labelledby="events">
        <h2 id="events">The next 30 days</h2>
        <div class="filters">
          <SelectField
            label="Calendar"
            value={calendar}
            choices={CALENDARS}
            onChange={(next) => setQuery({ calendar: next === "internal" ? null : next })}
          />
        </div>
        <CalendarEvents key={calendar} calendar={calendar} name={name} />
      </section>
    </ConnectionsPage>
  );
}

function CalendarCard({ app, done }: { app: App; done(): void }) {
  return (
    <section class="card" aria-label={app.name}>
      <h2>{app.name}</h2>
      <AppState {...app} />
      <p>
        {app.status === "not_connected"
          ? "Once it is connected, it counts, and meetings are written to it."
          : "It counts, and meetings are written to it."}
      </p>
      <ConnectApp
        key={app.connected_at}
        app={app}
        userId={session.value?.user.id ?? null}
        done={done}
      />
    </section>
  );
}
