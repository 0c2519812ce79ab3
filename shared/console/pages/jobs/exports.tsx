import { newKey } from "../../once.ts";
import { useState } from "preact/hooks";
import { lio, type LioPage } from "../../api.ts";
import { useLoad, usePolling } from "../../load.ts";
import { isAtLeast } from "../../session.ts";
import { tell } from "../../toasts.ts";
import { download } from "../../transfer.ts";
import { Action } from "../../ui/action.tsx";
import { SelectField } from "../../ui/fields.tsx";
import { Form } from "../../ui/form.tsx";
import { Loading } from "../../ui/loading.tsx";
import { type Column, Table } from "../../ui/table.tsx";
import { numberText, Time } from "../../ui/values.tsx";
import { pageIn, Pager } from "../../ui/pager.tsx";
import { type Export, goesOn } from "./job.ts";
import { Status } from "./work-status.tsx";

const [SOON_MS, LATER_MS] = [2_000, 20_000];
const PAGE = "exports";
const SIZE = 10;
const TYPES = [
  ["leads", "Leads"],
  ["contacts", "Contacts"],
  ["companies", "Companies"],
  ["clients", "Clients: companies with a deal that was won"],
] as const;
const COLUMNS: readonly Column<Export>[] = [
  { title: "Began", cell: ({ created_at }) => <Time value={created_at} /> },
  { title: "What", cell: ({ export_type }) => export_type },
  { title: "Status", cell: ({ status }) => <Status of={status} /> },
  { title: "Rows", cell: ({ row_count }) => numberText(row_count), isNumber: true },
  { title: "Kept until", cell: ({ expires_at }) => <Time value={expires_at} /> },
  { title: "File", cell: (one) => <File {...one} /> },
];

/** What is written out as CSV, as it goes on. */
export function Exports() {
  const page = pageIn(PAGE);
  const loaded = useLoad(
    (signal) => lio.get<LioPage<Export>>("exports/list", { page, limit: SIZE }, signal),
    [page],
  );
  usePolling(loaded, goesOn(loaded.data) ? SOON_MS : LATER_MS);
  return (
    <section class="stack" aria-labelledby="exports">
      <h2 id="exports">Exports</h2>
      {isAtLeast("member") && <ExportForm onBegun={loaded.reload} />}
      <Loading of={loaded}>
        {({ data, total }) => (
          <>
            <Table
              caption="Exports"
              rows={data}
              columns={COLUMNS}
              keyOf={({ id }) => id}
              empty={<p>Nothing was exported yet.</p>}
            />
            <Pager what="exports" page={page} total={total} size={SIZE} name={PAGE} />
          </>
        )}
      </Loading>
    </section>
  );
}

function ExportForm({ onBegun }: { onBegun(): void }) {
  const [type, setType] = useState("leads");
  const begin = async () => {
    const idempotencyKey = newKey();
    await lio.post("exports/create", { export_type: type }, { idempotencyKey });
    tell("The export has begun.");
    onBegun();
  };
  return (
    <details class="card fold">
      <summary>Export as CSV</summary>
      <Form submit="Export" onSubmit={begin} fields={["export_type"]}>
        {(errorOf) => (
          <SelectField
            label="What to export"
            value={type}
            choices={TYPES}
            onChange={setType}
            error={errorOf("export_type")}
          />
        )}
      </Form>
    </details>
  );
}

function File({ id, status, file_name }: Export) {
  if (status !== "completed") return <span class="quiet">–</span>;
  return (
    <Action
      label={`Download ${file_name}`}
      run={() => download(`lio/api/exports/download/${id}`, file_name)}
    >
      Download
    </Action>
  );
}
