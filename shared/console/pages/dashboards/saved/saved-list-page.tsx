import { useState } from "preact/hooks";
import { useLoad } from "../../../load.ts";
import { go } from "../../../router.ts";
import { isAtLeast } from "../../../session.ts";
import { Clamped } from "../../../ui/cells.tsx";
import { Loading } from "../../../ui/loading.tsx";
import { Page } from "../../../ui/page.tsx";
import { Parts } from "../../../ui/parts.tsx";
import { type Column, Table } from "../../../ui/table.tsx";
import { Badge, numberText, Time } from "../../../ui/values.tsx";
import { PAGE_SIZE, pageIn, Pager } from "../../../ui/pager.tsx";
import { PARTS } from "../parts.ts";
import { DashboardForm, SCOPES } from "./dashboard-form.tsx";
import { type Dashboard, dashboardPage } from "./saved.ts";

/** The dashboards that people made. */
export function SavedListPage() {
  const [isOpen, setOpen] = useState(false);
  const page = pageIn();
  const all = useLoad((signal) => dashboardPage(page, PAGE_SIZE, signal), [page]);
  const canMake = isAtLeast("rep");
  return (
    <Page
      title="Saved dashboards"
      actions={canMake && (
        <button type="button" class="primary" onClick={() => setOpen(true)}>New dashboard</button>
      )}
    >
      <Parts label="Dashboards" parts={PARTS} />
      <Loading of={all}>
        {({ data, total }) => (
          <>
            <Table
              caption="Saved dashboards"
              rows={data}
              columns={COLUMNS}
              keyOf={({ id }) => id}
              empty={
                <p>
                  {canMake
                    ? "No dashboard yet. Make one, and add the figures that you want to see each day."
                    : "Nobody has shared a dashboard with you yet."}
                </p>
              }
            />
            <Pager what="dashboards" page={page} total={total} />
          </>
        )}
      </Loading>
      {isOpen && (
        <DashboardForm
          close={() => setOpen(false)}
          done={(name) => go(`/dashboards/saved/${name}`)}
        />
      )}
    </Page>
  );
}

const COLUMNS: readonly Column<Dashboard>[] = [
  {
    title: "Name",
    cell: ({ dashboard_id, name }) => (
      <a href={`#/dashboards/saved/${dashboard_id}`}>
        <Clamped text={name} />
      </a>
    ),
  },
  {
    title: "Figures",
    cell: ({ definition: { widgets } }) => numberText(widgets.length),
    isNumber: true,
  },
  {
    title: "Who sees it",
    cell: ({ scope, is_owner }) => is_owner ? SCOPES[scope] : <Badge>Shared with me</Badge>,
  },
  { title: "Changed", cell: ({ updated_at }) => <Time value={updated_at} /> },
];
