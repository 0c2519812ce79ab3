import { lio } from "../../../api.ts";
import { isAtLeast, session } from "../../../session.ts";
import { Facts } from "../../../ui/values.tsx";
import type { Lead } from "../answers.ts";
import { choicesOf, type Known } from "../known.ts";
import { newKey } from "../../../once.ts";
import { SavedSelect } from "../saved-select.tsx";

type Choice = readonly [value: string, text: string];

/** Where the lead stands, and whose it is: saved as it is chosen. */
export function LeadChoices(
  { lead, known, wrote }: { lead: Lead; known: Known | undefined; wrote(): void },
) {
  if (!isAtLeast("rep")) {
    return (
      <section class="card" aria-label="Where it stands">
        <Facts
          facts={[
            ["Status", lead.status_text],
            ["Assigned to", lead.assigned_to_name ?? "Nobody"],
            ["Priority", lead.priority_text],
          ]}
        />
      </section>
    );
  }
  const post = async (path: string, body: object) => {
    await lio.post(path, body, { idempotencyKey: newKey() });
    wrote();
  };
  const ids = [lead.id];
  return (
    <section class="card records-choices" aria-label="Where it stands">
      <SavedSelect
        label="Status"
        value={String(lead.status)}
        choices={withOwn(choicesOf(known?.statuses), [String(lead.status), lead.status_text])}
        save={(status) => post("lead/status-change", { ids, status: Number(status) })}
      />
      <SavedSelect
        label="Assigned to"
        value={lead.assigned_to === null ? "" : String(lead.assigned_to)}
        choices={assignees(lead, known)}
        save={(user) =>
          post("lead/assign-user", { ids, assigned_to: user === "" ? null : Number(user) })}
      />
      <SavedSelect
        label="Priority"
        value={String(lead.priority)}
        choices={withOwn(choicesOf(known?.priorities), [String(lead.priority), lead.priority_text])}
        save={(priority) => post(`lead/update/${lead.id}`, { priority: Number(priority) })}
      />
    </section>
  );
}

/** A rep takes leads, or leaves them to all. */
function assignees(lead: Lead, known: Known | undefined): Choice[] {
  const own = session.value?.user.number;
  const users = choicesOf(known?.users).filter(([id]) => isAtLeast("member") || id === String(own));
  const nobody: Choice = ["", "Nobody"];
  return lead.assigned_to === null
    ? [nobody, ...users]
    : withOwn([nobody, ...users], [String(lead.assigned_to), lead.assigned_to_name ?? "A user"]);
}

// A word that is offered no more is still shown where it stands.
function withOwn(choices: readonly Choice[], own: Choice): Choice[] {
  return choices.some(([value]) => value === own[0]) ? [...choices] : [...choices, own];
}
