import { useLoad, usePolling } from "../../load.ts";
import { Loading } from "../../ui/loading.tsx";
import { type Column, Table } from "../../ui/table.tsx";
import { Facts, numberText, Time } from "../../ui/values.tsx";
import { Status } from "../jobs/work-status.tsx";
import { ConnectionsPage } from "./connections-page.tsx";
import { type HubspotImport, readImport } from "./hubspot.ts";

type Mistake = HubspotImport["errors"][number];

const [SOON_MS, LATER_MS] = [2_000, 3_600_000];
const COLUMNS: readonly Column<Mistake>[] = [
  { title: "HubSpot's id", cell: ({ hubspot_id }) => <code>{hubspot_id}</code> },
  { title: "What is wrong", cell: ({ message }) => message },
];

/** How far an import of HubSpot's contacts is, as it goes on. */
export function HubspotImportPage({ id }: { id: string }) {
  const loaded = useLoad((signal) => readImport(id, signal), [id]);
  const isOver = loaded.data?.finished_at !== null;
  usePolling(loaded, isOver ? LATER_MS : SOON_MS);
  return (
    <ConnectionsPage title="Import from HubSpot">
      <p>
        <a href="#/connections/hubspot">HubSpot</a>
      </p>
      <Loading of={loaded}>
        {(found) => (
          <>
            <section class="card" aria-label="The import">
              <Progress of={found} />
            </section>
            {found.errors.length > 0 && (
              <section class="stack" aria-labelledby="mistakes">
                <h2 id="mistakes">What was not imported</h2>
                <Table
                  caption="Mistakes"
                  rows={found.errors}
                  columns={COLUMNS}
                  keyOf={({ hubspot_id, message }) => `${hubspot_id} ${message}`}
                  empty={null}
                />
              </section>
            )}
          </>
        )}
      </Loading>
    </ConnectionsPage>
  );
}

function Progress({ of: { status, total, processed, ...its } }: { of: HubspotImport }) {
  return (
    <>
      <p role="status">
        <Status of={status} /> {numberText(processed)}
        {total ? ` of ${numberText(total)}` : ""} contacts
      </p>
      {status === "processing" && total !== null && total > 0 && (
        <progress value={processed} max={total} aria-label="Progress of the import" />
      )}
      <Facts
        facts={[
          ["New leads", numberText(its.created)],
          ["Completed", numberText(its.updated)],
          ["Skipped, as nothing was missing", numberText(its.skipped)],
          ["Failed", numberText(its.failed)],
          ["Began", <Time key="began" value={its.created_at} />],
          ["Ended", its.finished_at && <Time key="ended" value={its.finished_at} />],
        ]}
      />
      {status === "completed" && (
        <p>
          <a href="#/leads">To the leads</a>
        </p>
      )}
    </>
  );
}
