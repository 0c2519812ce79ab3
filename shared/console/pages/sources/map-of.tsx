import { useState } from "preact/hooks";
import { useLoad } from "../../load.ts";
import { tell } from "../../toasts.ts";
import { Loading } from "../../ui/loading.tsx";
import { Facts } from "../../ui/values.tsx";
import { changeConnector, type Connector } from "./connectors.ts";
import { deliveryPage } from "./deliveries.ts";
import { fieldLabel } from "./field-names.ts";
import { MapEditor } from "./map-editor.tsx";

/** A connector's field map, and the way to where it is changed. */
export function MapOf({ connector, onSaved }: { connector: Connector; onSaved(): void }) {
  const [isEditing, setEditing] = useState(false);
  const newest = useLoad(
    (signal) => deliveryPage({ connector_id: connector.id, per_page: 1 }, signal),
    [connector.id],
  );
  if (isEditing) {
    return (
      <MapEditor
        connector={connector}
        deliveryId={null}
        onSave={async (field_map) => {
          await changeConnector(connector.id, { field_map });
          tell("The field map was saved.");
          setEditing(false);
          onSaved();
        }}
      />
    );
  }
  return (
    <section class="card" aria-labelledby="map">
      <h2 id="map">Field map</h2>
      <Facts
        facts={Object.entries(connector.field_map).map((
          [field, text],
        ) => [fieldLabel(field), <code key={field}>{text}</code>])}
      />
      <Loading of={newest}>
        {({ items: [last] }) => (
          <div class="actions">
            {last
              ? (
                <a class="button" href={`#/sources/${connector.id}/deliveries/${last.id}`}>
                  Edit beside the last event
                </a>
              )
              : <button type="button" onClick={() => setEditing(true)}>Edit</button>}
          </div>
        )}
      </Loading>
    </section>
  );
}
