import type { ComponentChildren } from "preact";
import { Fragment } from "preact";
import { useLoad } from "../../load.ts";
import { Loading } from "../../ui/loading.tsx";
import { AppState } from "./app-state.tsx";
import { ConnectApp } from "./connect-app.tsx";
import { type Provider, readApp } from "./connections.ts";
import { ConnectionsPage } from "./connections-page.tsx";

interface AppPageProps {
  provider: Provider;
  title: string;
  /** What the service offers once it is connected. */
  children: ComponentChildren;
}

/** The page of a service of the organisation: how it is connected, and what it offers. */
export function AppPage({ provider, title, children }: AppPageProps) {
  const app = useLoad((signal) => readApp(provider, signal), [provider]);
  return (
    <ConnectionsPage title={title}>
      <Loading of={app}>
        {(found) => (
          <>
            <section class="card" aria-label="Its connection">
              <AppState {...found} />
              <ConnectApp key={found.connected_at} app={found} userId={null} done={app.reload} />
            </section>
            {found.status !== "not_connected" && (
              <Fragment key={found.connected_at}>{children}</Fragment>
            )}
          </>
        )}
      </Loading>
    </ConnectionsPage>
  );
}
