import { useLoad, usePolling } from "../../load.ts";
import { query } from "../../router.ts";
import { Whole } from "../../ui/cells.tsx";
import { Loading } from "../../ui/loading.tsx";
import { pageIn, Pager } from "../../ui/pager.tsx";
import { type Column, Table } from "../../ui/table.tsx";
import { Badge, dayText, Time } from "../../ui/values.tsx";
import { DealDialog } from "./deal-dialog.tsx";
import { ownerOf, worthText } from "./deal-facts.tsx";
import { type Deal, dealPage, type User } from "./deals.ts";
import type { ViewProps } from "./views.ts";

const SIZE = 25;
const EACH_MS = 5_000;

/** The deals of a pipeline in a table, a page at a time, live. */
export function TableView({ pipeline, pipelines, users, filters, editing, edit }: ViewProps) {
  const of = (name: string) => query.value.get(name) ?? "";
  const page = pageIn();
  const asked = {
    pipeline_id: pipeline.id,
    search: filters.search,
    sort_by: filters.sort,
    sort_order: filters.order,
    stage: of("stage"),
    status: of("status"),
    page,
    per_page: SIZE,
  };
  const deals = useLoad((signal) => dealPage(asked, signal), [asked]);
  usePolling(deals, EACH_MS);
  return (
    <>
      <Loading of={deals}>
        {({ items, pagination }) => (
          <>
            <Table
              caption={`Deals of ${pipeline.name}`}
              rows={items}
              columns={columnsOf(users, edit)}
              keyOf={({ id }) => id}
              empty="No deals here. Others may be found with fewer filters."
            />
            <Pager what="deals" page={page} total={pagination.total} size={SIZE} />
          </>
        )}
      </Loading>
      {editing && (
        <DealDialog
          deal={editing === "new" ? null : editing}
          pipeline={pipeline}
          pipelines={pipelines}
          users={users}
          onSaved={deals.reload}
          onDeleted={deals.reload}
          onClose={() => edit(null)}
        />
      )}
    </>
  );
}

function columnsOf(
  users: readonly User[],
  edit: (deal: Deal) => void,
): readonly Column<Deal>[] {
  return [
    {
      title: "Deal",
      cell: (deal) => (
        <button type="button" class="plain deal-title" onClick={() => edit(deal)}>
          {deal.title}
        </button>
      ),
    },
    { title: "Stage", cell: ({ stage }) => stage },
    { title: "Status", cell: ({ status }) => <Status status={status} /> },
    { title: "Value", cell: (deal) => <Whole>{worthText(deal)}</Whole>, isNumber: true },
    {
      title: "Closes",
      cell: ({ expected_close_date: due }) => <Whole>{due ? dayText(due) : "–"}</Whole>,
    },
    { title: "Assigned to", cell: (deal) => ownerOf(deal, users) ?? "Nobody" },
    {
      title: "Changed",
      cell: ({ updated_at }) => (
        <Whole>
          <Time value={updated_at} />
        </Whole>
      ),
    },
  ];
}

function Status({ status }: { status: string }) {
  const tones: Record<string, "good" | "bad"> = { won: "good", lost: "bad" };
  return <Badge tone={tones[status] ?? "plain"}>{status}</Badge>;
}
