import { lio, type LioPage } from "../../api.ts";
import { useLoad, usePolling } from "../../load.ts";
import { isAtLeast } from "../../session.ts";
import { Loading } from "../../ui/loading.tsx";
import { type Column, Table } from "../../ui/table.tsx";
import { numberText, Time } from "../../ui/values.tsx";
import { pageIn, Pager } from "../../ui/pager.tsx";
import { ImportForm } from "./import-form.tsx";
import { goesOn, type ImportJob } from "./job.ts";
import { Status } from "./work-status.tsx";

const [SOON_MS, LATER_MS] = [2_000, 20_000];
const TYPES: Readonly<Record<string, string>> = {
  lead_import: "Leads of a file",
  hubspot_import: "HubSpot",
  enrichment: "Enrichment",
  ai_email: "Email drafts",
};
const COLUMNS: readonly Column<ImportJob>[] = [
  { title: "Began", cell: ({ created_at }) => <Time value={created_at} /> },
  { title: "What", cell: ({ type, file_name }) => file_name ?? TYPES[type] ?? type },
  { title: "Status", cell: (job) => <Progress {...job} /> },
  { title: "New", cell: ({ created_rows }) => numberText(created_rows), isNumber: true },
  { title: "Changed", cell: ({ updated_rows }) => numberText(updated_rows), isNumber: true },
  { title: "Skipped", cell: ({ skipped_rows }) => numberText(skipped_rows), isNumber: true },
  { title: "Failed", cell: ({ failed_rows }) => numberText(failed_rows), isNumber: true },
  { title: "Mistakes", cell: (job) => <Mistakes {...job} /> },
];
const PAGE = "imports";
const SIZE = 10;

/** What is imported from files and other services, as it goes on. */
export function Imports() {
  const page = pageIn(PAGE);
  const loaded = useLoad(
    (signal) => lio.get<LioPage<ImportJob>>("import-job/list", { page, limit: SIZE }, signal),
    [page],
  );
  usePolling(loaded, goesOn(loaded.data) ? SOON_MS : LATER_MS);
  return (
    <section class="stack" aria-labelledby="imports">
      <h2 id="imports">Imports</h2>
      {isAtLeast("member") && <ImportForm onBegun={loaded.reload} />}
      <Loading of={loaded}>
        {({ data, total }) => (
          <>
            <Table
              caption="Imports"
              rows={data}
              columns={COLUMNS}
              keyOf={({ id }) => id}
              empty={<p>Nothing was imported yet.</p>}
            />
            <Pager what="imports" page={page} total={total} size={SIZE} name={PAGE} />
          </>
        )}
      </Loading>
    </section>
  );
}

function Progress({ id, status, processed_rows, total_rows, waits_until }: ImportJob) {
  return (
    <>
      <Status of={status} />
      {status === "processing" && total_rows > 0 && (
        <progress value={processed_rows} max={total_rows} aria-label={`Progress of import ${id}`} />
      )}
      <p class="quiet">{numberText(processed_rows)} of {numberText(total_rows)} rows</p>
      {waits_until && (
        <p class="quiet">
          The day's new contacts are used up: it goes on <Time value={waits_until} />.
        </p>
      )}
    </>
  );
}

function Mistakes({ errors }: ImportJob) {
  if (errors.length === 0) return <span class="quiet">none</span>;
  return (
    <details>
      <summary>{errors.length === 1 ? "1 row" : `${numberText(errors.length)} rows`}</summary>
      <ul class="steps">
        {errors.map(({ row, field, message }, at) => (
          <li key={at}>
            Row {row}
            {field && (
              <>
                , <code>{field}</code>
              </>
            )}: {message}
          </li>
        ))}
      </ul>
    </details>
  );
}
