import { leadhub } from "../../api.ts";
import { type Loaded, useLoad } from "../../load.ts";
import { go } from "../../router.ts";
import { isAtLeast } from "../../session.ts";
import { tell } from "../../toasts.ts";
import { Action } from "../../ui/action.tsx";
import { Confirm } from "../../ui/confirm.tsx";
import { Loading } from "../../ui/loading.tsx";
import { Page } from "../../ui/page.tsx";
import { Facts, numberText, Time } from "../../ui/values.tsx";
import type { Automation } from "./automation.ts";
import { OnOff } from "./automations-page.tsx";
import { type Choices, loadChoices } from "./choices.ts";
import { actionText, ruleText, triggerText } from "./describe.ts";
import { Runs } from "./runs.tsx";

/** One automation: what it does, and what it did. */
export function AutomationPage({ id }: { id: string }) {
  const path = `automations/${encodeURIComponent(id)}`;
  const loaded = useLoad(
    (signal) => leadhub.get<{ data: Automation }>(path, {}, signal).then(({ data }) => data),
    [path],
  );
  const choices = useLoad(loadChoices, []);
  const automation = loaded.data;
  return (
    <Page
      title={automation?.name ?? "Automation"}
      actions={automation && isAtLeast("member") && (
        <Changes automation={automation} path={path} loaded={loaded} />
      )}
    >
      <p>
        <a href="#/automations">All automations</a>
      </p>
      <Loading of={loaded}>
        {(shown) => (
          <Loading of={choices}>{(known) => <What automation={shown} choices={known} />}</Loading>
        )}
      </Loading>
      <Runs path={path} />
    </Page>
  );
}

function Changes({ automation, path, loaded }: {
  automation: Automation;
  path: string;
  loaded: Loaded<Automation>;
}) {
  const turn = async () => {
    await leadhub.patch(path, { is_active: !automation.is_active });
    tell(automation.is_active ? "The automation is off." : "The automation is on.");
    loaded.reload();
  };
  const remove = async () => {
    await leadhub.delete(path);
    tell("The automation was deleted.");
    go("/automations");
  };
  return (
    <>
      <a class="button" href={`#/automations/${automation.id}/change`}>Change</a>
      <Action run={turn}>{automation.is_active ? "Turn off" : "Turn on"}</Action>
      <Confirm button="Delete" question="Delete this automation?" run={remove}>
        <p>Its runs are deleted with it, and those under way end. This cannot be undone.</p>
      </Confirm>
    </>
  );
}

function What({ automation, choices }: { automation: Automation; choices: Choices }) {
  const { trigger, conditions, actions, is_active, runs_count, last_run_at } = automation;
  return (
    <div class="columns">
      <section class="card" aria-labelledby="what">
        <h2 id="what">What it does</h2>
        <h3>When</h3>
        <p dir="auto">{triggerText(trigger, choices)}</p>
        {conditions && (
          <>
            <h3>{conditions.match === "any" ? "Only if any of these holds" : "Only if"}</h3>
            <ul dir="auto">
              {conditions.rules.map((rule, at) => <li key={at}>{ruleText(rule)}</li>)}
            </ul>
          </>
        )}
        <h3>Then</h3>
        <ol dir="auto">
          {actions.map((action, at) => <li key={at}>{actionText(action, choices)}</li>)}
        </ol>
      </section>
      <section class="card" aria-labelledby="state">
        <h2 id="state">State</h2>
        <Facts
          facts={[
            ["State", <OnOff key="on" isOn={is_active} />],
            ["Runs", numberText(runs_count)],
            ["Last run", <Time key="last" value={last_run_at} />],
            ["Changed", <Time key="changed" value={automation.updated_at} />],
          ]}
        />
      </section>
    </div>
  );
}
