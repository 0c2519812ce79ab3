import { useState } from "preact/hooks";
import { newKey, useOnce } from "../../../once.ts";
import { isAtLeast } from "../../../session.ts";
import { Dialog } from "../../../ui/dialog.tsx";
import { SelectField, TextField } from "../../../ui/fields.tsx";
import { Form } from "../../../ui/form.tsx";
import { changedSince, isChangedSince } from "./changed.ts";
import { LoadTheirs } from "./load-theirs.tsx";
import {
  changeDashboard,
  type Dashboard,
  dashboardNamed,
  makeDashboard,
  type Scope,
} from "./saved.ts";

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
  const [began, setBegan] = useState(dashboard);
  const [isBehind, setBehind] = useState(false);
  const [mark] = useState(() => newKey().slice(0, 6));
  const once = useOnce();
  const save = async () => {
    const given = { name, scope };
    if (began) {
      await change(began, given).catch((error: unknown) => {
        setBehind(isChangedSince(error));
        throw error;
      });
      done(began.dashboard_id);
    } else {
      const its = { dashboard_id: addressOf(name, mark), ...given };
      done((await once(its, (key) => makeDashboard(its, key))).dashboard_id);
    }
    close();
  };
  const loadTheirs = async () => {
    const now = began && await dashboardNamed(began.dashboard_id);
    if (now === undefined) return close();
    setBegan(now);
    setName(now.name);
    setScope(now.scope);
    setBehind(false);
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
            {isBehind && <LoadTheirs run={loadTheirs} />}
            <Fields {...{ name, setName, scope, setScope, errorOf }} />
          </>
        )}
      </Form>
    </Dialog>
  );
}

interface FieldsProps {
  name: string;
  setName(name: string): void;
  scope: Scope;
  setScope(scope: Scope): void;
  errorOf(field: string): string | undefined;
}

function Fields({ name, setName, scope, setScope, errorOf }: FieldsProps) {
  return (
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
  );
}

// Also what was saved already when the answer to an earlier try got lost.
async function change(began: Dashboard, given: Pick<Dashboard, "name" | "scope">): Promise<void> {
  await changeDashboard(began, (now) => {
    const isAs = ({ name, scope }: typeof given) => now.name === name && now.scope === scope;
    if (!isAs(began) && !isAs(given)) throw changedSince("it");
    return given;
  });
}

// What is left of the name in plain letters, and a mark, so that no two are called the same.
function addressOf(name: string, mark: string): string {
  const plain = name.toLowerCase().replaceAll(/[^a-z0-9]+/g, "-").replaceAll(/^-|-$/g, "");
  return `${plain.slice(0, 40) || "dashboard"}-${mark}`;
}
