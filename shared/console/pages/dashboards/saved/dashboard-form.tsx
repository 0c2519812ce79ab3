import { useState } from "preact/hooks";
import { newKey, useOnce } from "../../../once.ts";
import { isAtLeast } from "../../../session.ts";
import { Dialog } from "../../../ui/dialog.tsx";
import { SelectField, TextField } from "../../../ui/fields.tsx";
import { Form } from "../../../ui/form.tsx";
import { changeDashboard, type Dashboard, makeDashboard, type Scope } from "./saved.ts";

/** Who sees a dashboard. */
export const SCOPES: Readonly<Record<Scope, string>> = {
  personal: "Me alone",
  team: "My team",
  workspace: "Everybody here",
};

interface DashboardFormProps {
  /** The dashboard that is changed; without it one is made. */
  dashboard?: Dashboard;
  close(): void;
  /** With what it is called in addresses. */
  done(name: string): void;
}

/** Makes a dashboard, or changes what it is called and who sees it. */
export function DashboardForm({ dashboard, close, done }: DashboardFormProps) {
  const [name, setName] = useState(dashboard?.name ?? "");
  const [scope, setScope] = useState<Scope>(dashboard?.scope ?? "personal");
  const [mark] = useState(() => newKey().slice(0, 6));
  const once = useOnce();
  const save = async () => {
    const given = { name, scope };
    if (dashboard) {
      await once(given, (key) => changeDashboard(dashboard.id, given, key));
      done(dashboard.dashboard_id);
    } else {
      const its = { dashboard_id: addressOf(name, mark), ...given };
      done((await once(its, (key) => makeDashboard(its, key))).dashboard_id);
    }
    close();
  };
  return (
    <Dialog title={dashboard ? "Change the dashboard" : "New dashboard"} onClose={close}>
      <Form
        submit={dashboard ? "Save" : "Make the dashboard"}
        onSubmit={save}
        fields={["name", "scope"]}
        more={<button type="button" onClick={close}>Cancel</button>}
      >
        {(errorOf) => (
          <>
            <TextField label="Name" value={name} error={errorOf("name")} onChange={setName} />
            <SelectField
              label="Who sees it"
              hint="Each sees in it what they see elsewhere: a Rep their own leads and deals."
              value={scope}
              error={errorOf("scope")}
              onChange={(next) => setScope(next as Scope)}
              choices={Object.entries(SCOPES).filter(([one]) =>
                one !== "workspace" || isAtLeast("member")
              )}
            />
          </>
        )}
      </Form>
    </Dialog>
  );
}

// What is left of the name in plain letters, and a mark, so that no two are called the same.
function addressOf(name: string, mark: string): string {
  const plain = name.toLowerCase().replaceAll(/[^a-z0-9]+/g, "-").replaceAll(/^-|-$/g, "");
  return `${plain.slice(0, 40) || "dashboard"}-${mark}`;
}
