import { useState } from "preact/hooks";
import { isAtLeast } from "../../session.ts";
import { tell } from "../../toasts.ts";
import { Confirm } from "../../ui/confirm.tsx";
import { Dialog } from "../../ui/dialog.tsx";
import { Form } from "../../ui/form.tsx";
import { useOnce } from "../../once.ts";
import { DealFields } from "./deal-fields.tsx";
import { DealForecast } from "./deal-forecast.tsx";
import { draftOf, FIELDS, fieldsOf } from "./deal-form.ts";
import { DealSummary } from "./deal-summary.tsx";
import {
  changeDeal,
  createDeal,
  type Deal,
  deleteDeal,
  type Pipeline,
  type User,
} from "./deals.ts";

interface DealDialogProps {
  /** The deal; null to make one. */
  deal: Deal | null;
  /** The pipeline that a new one begins in. */
  pipeline: Pipeline;
  pipelines: readonly Pipeline[];
  users: readonly User[];
  onSaved(deal: Deal): void;
  onDeleted(id: string): void;
  onClose(): void;
}

/** A deal to be made, changed or deleted; to be read by whom may not change it. */
export function DealDialog(props: DealDialogProps) {
  const { deal, onClose } = props;
  if (deal !== null && !isAtLeast("rep")) {
    return (
      <Dialog title="Deal" onClose={onClose}>
        <DealSummary {...props} deal={deal} />
        <DealForecast deal={deal} />
      </Dialog>
    );
  }
  return (
    <Dialog title={deal === null ? "New deal" : "Change deal"} onClose={onClose}>
      <DealForm {...props} />
    </Dialog>
  );
}

function DealForm(props: DealDialogProps) {
  const { deal, pipeline, pipelines, users, onSaved, onDeleted, onClose } = props;
  const [draft, setDraft] = useState(() => draftOf(deal, pipeline));
  const once = useOnce();
  const save = async () => {
    const fields = fieldsOf(draft, deal && draftOf(deal, pipeline));
    if (deal === null) {
      const made = await once(fields, (key) => createDeal(fields, key));
      onSaved(made);
      tell(`“${made.title.slice(0, 80)}” was made.`);
    } else if (Object.keys(fields).length > 0) {
      onSaved(await changeDeal(deal.id, fields));
      tell("The deal was changed.");
    }
    onClose();
  };
  const remove = async () => {
    if (deal === null) return;
    await deleteDeal(deal.id);
    onDeleted(deal.id);
    tell("The deal was deleted.");
    onClose();
  };
  return (
    <>
      <Form submit={deal === null ? "Make the deal" : "Save"} onSubmit={save} fields={FIELDS}>
        {(errorOf) => (
          <DealFields
            draft={draft}
            onChange={(change) => setDraft((now) => ({ ...now, ...change }))}
            pipelines={pipelines}
            users={users}
            errorOf={errorOf}
          />
        )}
      </Form>
      {deal !== null && <DealForecast deal={deal} />}
      {deal !== null && isAtLeast("member") && (
        <Confirm button="Delete" question="Delete the deal?" run={remove}>
          <p dir="auto">{deal.title}</p>
          <p>This cannot be undone. Activities and tasks of the deal stay, without it.</p>
        </Confirm>
      )}
    </>
  );
}
