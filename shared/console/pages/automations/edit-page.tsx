import { useMemo, useState } from "preact/hooks";
import { leadhub } from "../../api.ts";
import { useLoad } from "../../load.ts";
import { useOnce } from "../../once.ts";
import { go } from "../../router.ts";
import { tell } from "../../toasts.ts";
import { CheckField, TextField } from "../../ui/fields.tsx";
import { Form } from "../../ui/form.tsx";
import { Loading } from "../../ui/loading.tsx";
import { Page } from "../../ui/page.tsx";
import { ActionFields } from "./action-fields.tsx";
import type { Automation } from "./automation.ts";
import { ChoicesContext, loadChoices } from "./choices.ts";
import { bodyOf, type Draft, draftOf, fieldsOf, newDraft } from "./draft.ts";
import { PartFields } from "./part-fields.tsx";
import { TRIGGERS } from "./parts.ts";
import { RuleFields } from "./rule-fields.tsx";

/** Makes an automation, or changes the one with an id. */
export function EditPage({ id }: { id?: string }) {
  const loaded = useLoad(async (signal) => {
    const [choices, automation] = await Promise.all([
      loadChoices(signal),
      id === undefined ? null : read(id, signal),
    ]);
    return { choices, automation };
  }, [id ?? "new"]);
  return (
    <Page title={id === undefined ? "New automation" : "Change automation"}>
      <Loading of={loaded}>
        {({ choices, automation }) => (
          <ChoicesContext.Provider value={choices}>
            <AutomationForm automation={automation} />
          </ChoicesContext.Provider>
        )}
      </Loading>
    </Page>
  );
}

async function read(id: string, signal: AbortSignal): Promise<Automation> {
  const path = `automations/${encodeURIComponent(id)}`;
  return (await leadhub.get<{ data: Automation }>(path, {}, signal)).data;
}

function AutomationForm({ automation }: { automation: Automation | null }) {
  const begun = useMemo(() => automation === null ? newDraft() : draftOf(automation), []);
  const [draft, setDraft] = useState<Draft>(begun);
  const set = (change: Partial<Draft>) => setDraft((old) => ({ ...old, ...change }));
  const once = useOnce();
  const save = async () => {
    const body = bodyOf(draft);
    const { data } = automation === null
      ? await once(
        body,
        (idempotencyKey) =>
          leadhub.post<{ data: Automation }>("automations", body, { idempotencyKey }),
      )
      : await leadhub.put<{ data: Automation }>(`automations/${automation.id}`, body);
    tell(automation === null ? "The automation was made." : "The automation was changed.");
    go(`/automations/${data.id}`);
  };
  const back = automation === null ? "#/automations" : `#/automations/${automation.id}`;
  return (
    <Form
      submit={automation === null ? "Make the automation" : "Save"}
      onSubmit={save}
      fields={fieldsOf(draft)}
      more={<a class="button" href={back}>Cancel</a>}
    >
      {(errorOf) => (
        <>
          <TextField
            label="Name"
            value={draft.name}
            onChange={(name) => set({ name })}
            error={errorOf("name")}
          />
          <CheckField
            label="On: it acts on what happens from now on"
            checked={draft.is_active}
            onChange={(is_active) => set({ is_active })}
          />
          <fieldset>
            <legend>When</legend>
            <PartFields
              label="What happens"
              of={TRIGGERS}
              part={draft.trigger}
              path="trigger"
              onChange={(trigger) => set({ trigger })}
              errorOf={errorOf}
            />
          </fieldset>
          <RuleFields {...draft} onChange={set} errorOf={errorOf} />
          <ActionFields
            actions={draft.actions}
            onChange={(actions) => set({ actions })}
            errorOf={errorOf}
          />
        </>
      )}
    </Form>
  );
}
