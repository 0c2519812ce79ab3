import { useLoad, usePolling } from "../../load.ts";
import { tell } from "../../toasts.ts";
import { Action } from "../../ui/action.tsx";
import { Loading } from "../../ui/loading.tsx";
import { Page } from "../../ui/page.tsx";
import { Facts, Json, numberText, Time } from "../../ui/values.tsx";
import { Becoming } from "./becoming.tsx";
import type { FieldMap } from "./connectors.ts";
import { changeConnector } from "./connectors.ts";
import { deliveryOf, type DetailedDelivery, replay } from "./deliveries.ts";
import { MapEditor } from "./map-editor.tsx";
import { MappedValues } from "./mapped-values.tsx";
import { Notes } from "./notes.tsx";
import { payloadText } from "./payload.ts";
import { type Source, sourceOf } from "./source.ts";

const EACH_MS = 6_000;

/** What came through a connector beside what became of it, and the field map beside what it gives. */
export function DeliveryPage({ connectorId, id }: { connectorId: string; id: string }) {
  const source = useLoad((signal) => sourceOf(connectorId, signal), [connectorId]);
  const delivery = useLoad((signal) => deliveryOf(id, signal), [id]);
  usePolling(delivery, EACH_MS);
  const again = async () => {
    try {
      await replay(id);
      tell("It was replayed.");
    } finally {
      delivery.reload();
    }
  };
  const canReplay = delivery.data !== undefined && delivery.data.status !== "accepted";
  return (
    <Page
      title="What was sent"
      actions={
        <>
          <a class="button" href={`#/sources/${connectorId}`}>
            {source.data?.connector.name ?? "The source"}
          </a>
          {canReplay && <Action run={again}>Replay</Action>}
        </>
      }
    >
      <Loading of={delivery}>
        {(loaded) => (
          <>
            <div class="columns">
              <Received delivery={loaded} />
              <Became delivery={loaded} />
            </div>
            <Loading of={source}>
              {({ connector }) => (
                <Mending
                  connector={connector}
                  delivery={loaded}
                  onSaved={source.reload}
                  again={canReplay ? again : undefined}
                />
              )}
            </Loading>
          </>
        )}
      </Loading>
    </Page>
  );
}

function Received({ delivery }: { delivery: DetailedDelivery }) {
  const { content_type, created_at, event_id, body_encoding, looked_up } = delivery;
  return (
    <section class="card" aria-labelledby="received">
      <h2 id="received">Received</h2>
      <Facts
        facts={[
          ["Came", <Time key="came" value={created_at} />],
          ["As", body_encoding === "base64" ? `${content_type}, here in Base64` : content_type],
          ["The sender's id of it", event_id],
        ]}
      />
      <Json name="What was received" value={payloadText(delivery)} />
      {looked_up !== null && (
        <>
          <h3>Fetched from the sender</h3>
          <Json name="What was fetched" value={looked_up} />
        </>
      )}
    </section>
  );
}

function Became({ delivery }: { delivery: DetailedDelivery }) {
  const { error, warnings, mapped, attempts } = delivery;
  return (
    <section class="card" aria-labelledby="became">
      <h2 id="became">What became of it</h2>
      <div role="status">
        <Becoming delivery={delivery} />
      </div>
      {error?.fields && <Notes notes={error.fields} />}
      {attempts > 1 && <p class="quiet">Tried {numberText(attempts)} times.</p>}
      {mapped && (
        <>
          <h3>What the field map gave</h3>
          <MappedValues values={mapped} />
        </>
      )}
      {warnings.length > 0 && (
        <>
          <h3>What could not be read is in the message</h3>
          <Notes notes={warnings} />
        </>
      )}
    </section>
  );
}

function Mending({ connector, delivery, onSaved, again }: {
  connector: Source["connector"];
  delivery: DetailedDelivery;
  onSaved(): void;
  again: (() => Promise<void>) | undefined;
}) {
  const save = async (fieldMap: FieldMap) => {
    await changeConnector(connector.id, { field_map: fieldMap });
    tell("The field map was saved.");
    onSaved();
  };
  return (
    <MapEditor
      connector={connector}
      deliveryId={delivery.id}
      onSave={save}
      onSaveAndReplay={again && (async (fieldMap) => {
        await save(fieldMap);
        await again();
      })}
    />
  );
}
