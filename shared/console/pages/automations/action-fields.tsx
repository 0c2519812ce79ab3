import { newPart, type PartDraft } from "./draft.ts";
import { PartFields } from "./part-fields.tsx";
import { ACTIONS } from "./parts.ts";

interface ActionsProps {
  actions: readonly PartDraft[];
  onChange(actions: readonly PartDraft[]): void;
  errorOf(field: string): string | undefined;
}

/** The actions of an automation, in the order in which they are taken. */
export function ActionFields({ actions, onChange, errorOf }: ActionsProps) {
  const error = errorOf("actions");
  return (
    <fieldset>
      <legend>Then, in this order</legend>
      {error && <p class="wrong">{error}</p>}
      <ol class="pieces">
        {actions.map((action, at) => (
          <li key={action.key} class="card">
            <PartFields
              label={`Action ${at + 1}`}
              of={ACTIONS}
              part={action}
              path={`actions.${at}`}
              onChange={(next) => onChange(actions.with(at, next))}
              errorOf={errorOf}
            />
            <Order at={at} actions={actions} onChange={onChange} />
          </li>
        ))}
      </ol>
      <button type="button" onClick={() => onChange([...actions, newPart("add_tag")])}>
        Add an action
      </button>
    </fieldset>
  );
}

function Order({ at, actions, onChange }: Omit<ActionsProps, "errorOf"> & { at: number }) {
  const moved = (to: number) => {
    const [action] = actions.slice(at, at + 1);
    if (action) onChange(actions.toSpliced(at, 1).toSpliced(to, 0, action));
  };
  return (
    <div class="actions">
      {at > 0 && (
        <button
          type="button"
          aria-label={`Move action ${at + 1} up`}
          onClick={() => moved(at - 1)}
        >
          Up
        </button>
      )}
      {at < actions.length - 1 && (
        <button
          type="button"
          aria-label={`Move action ${at + 1} down`}
          onClick={() => moved(at + 1)}
        >
          Down
        </button>
      )}
      <button
        type="button"
        class="plain"
        aria-label={`Remove action ${at + 1}`}
        onClick={() => onChange(actions.toSpliced(at, 1))}
      >
        Remove
      </button>
    </div>
  );
}
