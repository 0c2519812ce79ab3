import { useState } from "preact/hooks";
import { useLoad } from "../../../load.ts";
import { Loading } from "../../../ui/loading.tsx";
import { type Column, Table } from "../../../ui/table.tsx";
import { Badge, numberText, Time } from "../../../ui/values.tsx";
import { formPage, type WebForm } from "./forms.ts";

const COLUMNS: readonly Column<WebForm>[] = [
  { title: "Name", cell: ({ id, name }) => <a href={`#/sources/forms/${id}`}>{name}</a> },
  { title: "State", cell: (form) => <FormState form={form} /> },
  {
    title: "Sent",
    cell: ({ submissions_count }) => numberText(submissions_count),
    isNumber: true,
  },
  { title: "Made", cell: ({ created_at }) => <Time value={created_at} /> },
];

/** The forms, some at a time. */
export function FormList() {
  const [page, setPage] = useState(1);
  const forms = useLoad((signal) => formPage(page, signal), [page]);
  return (
    <Loading of={forms}>
      {({ data, meta }) => (
        <>
          <Table
            caption="Forms"
            rows={data}
            keyOf={({ id }) => id}
            columns={COLUMNS}
            empty={
              <p>
                No form yet. <a href="#/sources/forms/new">Make one</a>{" "}
                and paste its HTML into your page: it needs no script and no key.
              </p>
            }
          />
          {meta.last_page > 1 && (
            <nav class="actions" aria-label="Pages of forms">
              <button type="button" disabled={page <= 1} onClick={() => setPage(page - 1)}>
                Back
              </button>
              <span>Page {numberText(page)} of {numberText(meta.last_page)}</span>
              <button
                type="button"
                disabled={page >= meta.last_page}
                onClick={() => setPage(page + 1)}
              >
                Next
              </button>
            </nav>
          )}
        </>
      )}
    </Loading>
  );
}

/** Whether a form takes what is sent, and from whom. */
export function FormState({ form }: { form: Pick<WebForm, "is_active" | "public"> }) {
  if (!form.is_active) return <Badge tone="warn">Switched off</Badge>;
  return form.public
    ? <Badge tone="good">Takes leads</Badge>
    : <Badge>With an API key alone</Badge>;
}
