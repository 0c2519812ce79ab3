import { useEffect, useRef, useState } from "preact/hooks";
import type { Loaded } from "../../../load.ts";
import { tell } from "../../../toasts.ts";
import { Action } from "../../../ui/action.tsx";
import { Confirm } from "../../../ui/confirm.tsx";
import { changedSince } from "./changed.ts";
import { type BuiltIn, changeWidgets, type Dashboard, type Widget } from "./saved.ts";
import { WidgetForm } from "./widget-form.tsx";

interface WidgetProps {
  widget: Widget;
  of: Dashboard;
  /** The queries that everybody has. */
  known: Loaded<readonly BuiltIn[]>;
  reload(): void;
}

/** What is done with a figure of a dashboard. */
export function WidgetActions({ widget, of: dashboard, known, reload }: WidgetProps) {
  const [isOpen, setOpen] = useState(false);
  const title = widget.title.slice(0, 80);
  const remove = async () => {
    await changeWidgets(dashboard, (all) => all.filter(({ id }) => id !== widget.id));
    tell(`“${title}” was removed.`);
    reload();
  };
  return (
    <div class="dashboards-actions">
      <Move to="up" widget={widget} of={dashboard} reload={reload} />
      <Move to="down" widget={widget} of={dashboard} reload={reload} />
      <button type="button" aria-label={`Change ${title}`} onClick={() => setOpen(true)}>
        Change
      </button>
      {isOpen && !known.isLoading && (
        <WidgetForm
          dashboard={dashboard}
          widget={widget}
          known={known}
          close={() => setOpen(false)}
          done={reload}
        />
      )}
      <Confirm
        button="Remove"
        label={`Remove ${title}`}
        question="Remove this figure?"
        run={remove}
      >
        <p dir="auto">{widget.title}</p>
      </Confirm>
    </div>
  );
}

interface MoveProps extends Omit<WidgetProps, "known"> {
  to: "up" | "down";
}

function Move({ to, widget, of: dashboard, reload }: MoveProps) {
  const { definition: { widgets } } = dashboard;
  const title = widget.title.slice(0, 80);
  const at = widgets.findIndex(({ id }) => id === widget.id);
  const other = widgets[to === "up" ? at - 1 : at + 1];
  const place = useRef<HTMLSpanElement>(null);
  const hasMoved = useRef(false);
  // The focus goes along with the figure.
  useEffect(() => {
    if (hasMoved.current) place.current?.querySelector("button")?.focus();
    hasMoved.current = false;
  }, [at]);
  const move = async () => {
    if (other === undefined) {
      tell(`“${title}” is the ${to === "up" ? "first" : "last"} one already.`);
      return;
    }
    await changeWidgets(dashboard, (all) => beside(all, widget.id, other.id, to));
    tell(`“${title}” was moved ${to}.`);
    hasMoved.current = true;
    reload();
  };
  return (
    <span ref={place}>
      <Action label={`Move ${title} ${to}`} run={move}>{to === "up" ? "↑" : "↓"}</Action>
    </span>
  );
}

/** The figures with one of them right before, or behind, another one. Throws when one of the two is gone. */
function beside(all: readonly Widget[], id: string, other: string, to: "up" | "down") {
  const moved = all.find((one) => one.id === id);
  const rest = all.filter((one) => one.id !== id);
  const place = rest.findIndex((one) => one.id === other);
  if (moved === undefined || place === -1) throw changedSince("the dashboard");
  return rest.toSpliced(to === "up" ? place : place + 1, 0, moved);
}
