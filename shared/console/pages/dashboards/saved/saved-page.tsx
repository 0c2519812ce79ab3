import { useState } from "preact/hooks";
import { useLoad } from "../../../load.ts";
import { go } from "../../../router.ts";
import { isAtLeast } from "../../../session.ts";
import { tell } from "../../../toasts.ts";
import { Loading } from "../../../ui/loading.tsx";
import { Page } from "../../../ui/page.tsx";
import { Confirm } from "../../../ui/confirm.tsx";
import { DashboardForm } from "./dashboard-form.tsx";
import { builtIns, type Dashboard, dashboardNamed, deleteDashboard } from "./saved.ts";
import { WidgetActions } from "./widget-actions.tsx";
import { WidgetForm } from "./widget-form.tsx";
import { WidgetView } from "./widget-view.tsx";

/** A dashboard that somebody made, with its figures. */
export function SavedPage({ name }: { name: string }) {
  const loaded = useLoad((signal) => dashboardNamed(name, signal), [name]);
  const { data: dashboard, reload } = loaded;
  return (
    <Page
      title={dashboard?.name ?? "Dashboard"}
      actions={
        <>
          <a class="button" href="#/dashboards/saved">All dashboards</a>
          {dashboard && mayChange(dashboard) && <Actions of={dashboard} reload={reload} />}
        </>
      }
    >
      {dashboard === undefined && !loaded.isLoading && loaded.error === undefined
        ? <p class="empty">There is no such dashboard, or it is not shared with you.</p>
        : (
          <Loading of={loaded}>
            {(found) => found && <Widgets of={found} reload={reload} />}
          </Loading>
        )}
    </Page>
  );
}

function mayChange({ is_owner }: Dashboard): boolean {
  return isAtLeast("rep") && is_owner || isAtLeast("admin");
}

interface PartProps {
  of: Dashboard;
  reload(): void;
}

function Actions({ of: dashboard, reload }: PartProps) {
  const [open, setOpen] = useState<"figure" | "settings" | null>(null);
  const known = useLoad(builtIns, []);
  const close = () => setOpen(null);
  const remove = async () => {
    await deleteDashboard(dashboard.id);
    tell("The dashboard was deleted.");
    go("/dashboards/saved");
  };
  return (
    <>
      <button type="button" onClick={() => setOpen("settings")}>Change</button>
      <Confirm button="Delete" question="Delete this dashboard?" run={remove}>
        <p dir="auto">{dashboard.name}</p>
        <p>This cannot be undone. What its figures are made of stays.</p>
      </Confirm>
      <button type="button" class="primary" onClick={() => setOpen("figure")}>New figure</button>
      {open === "figure" && (
        <WidgetForm
          dashboard={dashboard}
          known={known}
          close={close}
          done={reload}
        />
      )}
      {open === "settings" && <DashboardForm dashboard={dashboard} close={close} done={reload} />}
    </>
  );
}

function Widgets({ of: dashboard, reload }: PartProps) {
  const { definition: { widgets } } = dashboard;
  const known = useLoad(builtIns, []);
  const isMine = mayChange(dashboard);
  if (widgets.length === 0) {
    return (
      <p class="empty">
        {isMine
          ? "No figures yet. Add a first one: how many leads came in each week, for example."
          : "It has no figures yet."}
      </p>
    );
  }
  return (
    <div class="dashboards-widgets">
      {widgets.map((widget) => (
        <WidgetView
          key={widget.id}
          widget={widget}
          actions={isMine && <WidgetActions {...{ widget, known, reload }} of={dashboard} />}
        />
      ))}
    </div>
  );
}
