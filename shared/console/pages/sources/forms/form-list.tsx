import { useState } from "preact/hooks";
import { useLoad } from "../../../load.ts";
import { Loading } from "../../../ui/loading.tsx";
import { Pager } from "../../../ui/pager.tsx";
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
          <Pager what="forms" page={page} total={meta.total} go={setPage} />
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
