import { leadhub } from "../../api.ts";
import { useLoad } from "../../load.ts";
import { isAtLeast } from "../../session.ts";
import { Loading } from "../../ui/loading.tsx";
import { Page } from "../../ui/page.tsx";
import { type Column, Table } from "../../ui/table.tsx";
import { Badge, numberText, Time } from "../../ui/values.tsx";
import type { Automation, ListPage } from "./automation.ts";
import { nameOfType } from "./describe.ts";
import { pageIn, Pager } from "../../ui/pager.tsx";

const COLUMNS: readonly Column<Automation>[] = [
  { title: "Name", cell: ({ id, name }) => <a href={`#/automations/${id}`}>{name}</a> },
  { title: "When", cell: ({ trigger }) => nameOfType(trigger.type) },
  { title: "Then", cell: ({ actions }) => actions.map(({ type }) => nameOfType(type)).join(", ") },
  { title: "State", cell: ({ is_active }) => <OnOff isOn={is_active} /> },
  { title: "Runs", cell: ({ runs_count }) => numberText(runs_count), isNumber: true },
  { title: "Last run", cell: ({ last_run_at }) => <Time value={last_run_at} /> },
];

/** The automations of the workspace. */
export function AutomationsPage() {
  const page = pageIn();
  const loaded = useLoad(
    (signal) => leadhub.get<ListPage<Automation>>("automations", { page, per_page: 25 }, signal),
    [page],
  );
  const make = isAtLeast("member") && (
    <a class="button primary" href="#/automations/new">New automation</a>
  );
  return (
    <Page title="Automations" actions={make}>
      <p class="quiet">
        An automation does something by itself after something happened to a lead.
      </p>
      <Loading of={loaded}>
        {({ data, meta }) => (
          <>
            <Table
              caption="Automations"
              rows={data}
              columns={COLUMNS}
              keyOf={({ id }) => id}
              empty={<None />}
            />
            <Pager what="automations" page={page} total={meta.total} />
          </>
        )}
      </Loading>
    </Page>
  );
}

function None() {
  if (!isAtLeast("member")) return <p>There are no automations yet.</p>;
  return (
    <>
      <p>There are no automations yet.</p>
      <p>
        <a href="#/automations/new">Make one</a>{" "}
        that, say, assigns each new lead to your users in turn.
      </p>
    </>
  );
}

/** Whether something is on. */
export function OnOff({ isOn }: { isOn: boolean }) {
  return isOn ? <Badge tone="good">On</Badge> : <Badge>Off</Badge>;
}
