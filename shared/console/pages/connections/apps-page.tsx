import { useLoad } from "../../load.ts";
import { Loading } from "../../ui/loading.tsx";
import { AppState } from "./app-state.tsx";
import { type App, type Provider, readApps } from "./connections.ts";
import { ConnectionsPage } from "./connections-page.tsx";

/** What each app of the organisation is for. */
const PURPOSES: Partial<Record<Provider, string>> = {
  hubspot: "Its contacts and companies are imported as leads.",
  slack: "Notifications of leads and deals are posted to a channel.",
  teams: "Its teams and channels are read.",
};

/** The services that are connected for all of the workspace. */
export function AppsPage() {
  const apps = useLoad(readApps, []);
  return (
    <ConnectionsPage title="Connections">
      <p class="quiet">What is connected here is of the whole workspace.</p>
      <Loading of={apps}>
        {(found) => (
          <div class="cards">
            {found.filter(({ scope }) => scope === "organization").map((app) => (
              <AppCard key={app.provider} app={app} />
            ))}
          </div>
        )}
      </Loading>
    </ConnectionsPage>
  );
}

function AppCard({ app }: { app: App }) {
  const { provider, name } = app;
  return (
    <section class="card" aria-label={name}>
      <h2>
        <a href={`#/connections/${provider}`}>{name}</a>
      </h2>
      <p>{PURPOSES[provider]}</p>
      <AppState {...app} />
    </section>
  );
}
