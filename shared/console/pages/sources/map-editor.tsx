import { useState } from "preact/hooks";
import { ApiError } from "../../api-error.ts";
import { Action } from "../../ui/action.tsx";
import { Form } from "../../ui/form.tsx";
import type { Connector, FieldMap } from "./connectors.ts";
import { mapOf, MapRows, type Rows } from "./map-rows.tsx";
import { Preview } from "./preview.tsx";
import { useRehearsal } from "./use-rehearsal.ts";

const IN_MAP = "field_map.";

/** The field map of a connector, beside what it gives of a delivery as one types. */
export function MapEditor({ connector, deliveryId, onSave, onSaveAndReplay }: {
  connector: Pick<Connector, "id" | "target" | "field_map">;
  /** Null when nothing has come yet on which the map could be tried. */
  deliveryId: string | null;
  onSave(fieldMap: FieldMap): Promise<void>;
  onSaveAndReplay?: ((fieldMap: FieldMap) => Promise<void>) | undefined;
}) {
  const [rows, setRows] = useState<Rows>(Object.entries(connector.field_map));
  const fieldMap = mapOf(rows);
  const tried = useRehearsal(deliveryId, fieldMap);
  const wrong = (field: string) => messageOf(tried.error, field);
  return (
    <section class="card" aria-labelledby="map">
      <h2 id="map">Field map</h2>
      <p class="quiet">
        Each field is a <a href="https://docs.jsonata.org" rel="noreferrer">JSONata</a>{" "}
        expression over what was received: a name such as <code>email</code>, a path such as{" "}
        <code>person.email</code>, or a text in quotes. A field that is left blank is left out.
      </p>
      <div class="columns">
        <Form
          submit="Save the field map"
          onSubmit={() => onSave(fieldMap)}
          fields={rows.map(([field]) => IN_MAP + field)}
          more={onSaveAndReplay && (
            <Action run={() => onSaveAndReplay(fieldMap)}>Save and replay</Action>
          )}
        >
          {(errorOf) => (
            <MapRows
              target={connector.target}
              rows={rows}
              onChange={setRows}
              errorOf={(field) => errorOf(IN_MAP + field) ?? wrong(field)}
            />
          )}
        </Form>
        {deliveryId !== null && <Preview tried={tried} />}
      </div>
    </section>
  );
}

function messageOf(error: ApiError | undefined, field: string): string | undefined {
  return error?.fields.find((one) => one.field === IN_MAP + field)?.message;
}
