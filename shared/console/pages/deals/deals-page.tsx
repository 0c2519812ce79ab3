import { useState } from "preact/hooks";
import { useLoad } from "../../load.ts";
import { query } from "../../router.ts";
import { isAtLeast } from "../../session.ts";
import { Loading } from "../../ui/loading.tsx";
import { Page } from "../../ui/page.tsx";
import { BoardView } from "./board-view.tsx";
import { allPipelines, allUsers, type Deal, type Pipeline, type User } from "./deals.ts";
import { Filters } from "./filters.tsx";
import { sortOf } from "./sorts.ts";
import { TableView } from "./table-view.tsx";

interface Known {
  pipelines: readonly Pipeline[];
  users: readonly User[];
}

/** The deals of a pipeline, on a board or in a table. */
export function DealsPage() {
  const known = useLoad(load, []);
  const [editing, edit] = useState<Deal | "new" | null>(null);
  return (
    <Page
      title="Deals"
      actions={known.data && isAtLeast("rep") && (
        <button
          type="button"
          class="primary"
          onClick={() => edit("new")}
        >
          New deal
        </button>
      )}
    >
      <Loading of={known}>
        {(data) => <Deals known={data} editing={editing} edit={edit} />}
      </Loading>
    </Page>
  );
}

async function load(signal: AbortSignal): Promise<Known> {
  const [pipelines, users] = await Promise.all([allPipelines(signal), allUsers(signal)]);
  return { pipelines, users };
}

interface DealsProps {
  known: Known;
  editing: Deal | "new" | null;
  edit(deal: Deal | "new" | null): void;
}

function Deals({ known: { pipelines, users }, editing, edit }: DealsProps) {
  const of = (name: string) => query.value.get(name) ?? "";
  const pipeline = pipelines.find(({ id }) => id === of("pipeline")) ?? pipelines[0];
  if (pipeline === undefined) return <p class="empty">The workspace has no pipeline.</p>;
  const View = of("view") === "table" ? TableView : BoardView;
  const filters = { search: of("q"), ...sortOf(of("sort")) };
  return (
    <>
      <Filters pipelines={pipelines} pipeline={pipeline} />
      <View
        key={pipeline.id}
        pipeline={pipeline}
        pipelines={pipelines}
        users={users}
        filters={filters}
        editing={editing}
        edit={edit}
      />
    </>
  );
}
