import { useState } from "preact/hooks";
import { Page } from "../../ui/page.tsx";
import { Address } from "./address.tsx";
import type { MadeConnector, Preset } from "./connectors.ts";
import { FirstDelivery } from "./first-delivery.tsx";
import { NewConnector } from "./new-connector.tsx";

/** A page that makes a connector, then shows its address and waits for what comes first. */
export function NewSourcePage() {
  const [made, setMade] = useState<{ connector: MadeConnector; preset: Preset | null } | null>(
    null,
  );
  if (made === null) {
    return (
      <Page title="New source" actions={<a class="button" href="#/sources">All sources</a>}>
        <NewConnector onMade={(connector, preset) => setMade({ connector, preset })} />
      </Page>
    );
  }
  const { connector, preset } = made;
  return (
    <Page
      key={connector.id}
      title={connector.name}
      actions={<a class="button" href={`#/sources/${connector.id}`}>Open the source</a>}
    >
      <Address url={connector.url} setup={preset?.setup ?? null} />
      <FirstDelivery connector={connector} />
    </Page>
  );
}
