import { useState } from "preact/hooks";
import { useLoad } from "../../../load.ts";
import { go } from "../../../router.ts";
import { tell } from "../../../toasts.ts";
import { Action } from "../../../ui/action.tsx";
import { Confirm } from "../../../ui/confirm.tsx";
import { Copy } from "../../../ui/copy.tsx";
import { TextField } from "../../../ui/fields.tsx";
import { Form } from "../../../ui/form.tsx";
import { Loading } from "../../../ui/loading.tsx";
import { Page } from "../../../ui/page.tsx";
import { Facts, numberText, Time } from "../../../ui/values.tsx";
import { FormState } from "./form-list.tsx";
import { changeForm, deleteForm, formOf, type WebForm } from "./forms.ts";
import { OwnPage } from "./own-page.tsx";
import { snippetOf } from "./snippet.ts";

/** A form: its HTML to embed, and what can be changed of it. */
export function FormPage({ id }: { id: string }) {
  const form = useLoad((signal) => formOf(id, signal), [id]);
  return (
    <Page
      title={form.data?.name ?? "Form"}
      actions={form.data && <Actions form={form.data} onChanged={form.reload} />}
    >
      <Loading of={form}>
        {(loaded) => (
          <>
            <div class="columns">
              <Embedding form={loaded} />
              <OwnPage form={loaded} />
            </div>
            <div class="columns">
              <About form={loaded} />
              <Settings form={loaded} onChanged={form.reload} />
            </div>
          </>
        )}
      </Loading>
    </Page>
  );
}

function Actions(
  { form: { id, name, is_active }, onChanged }: { form: WebForm; onChanged(): void },
) {
  const turn = async () => {
    await changeForm(id, { is_active: !is_active });
    onChanged();
  };
  const remove = async () => {
    await deleteForm(id);
    tell(`${name} was deleted.`);
    go("/sources");
  };
  return (
    <>
      <a class="button" href="#/sources">All sources</a>
      <Action run={turn}>{is_active ? "Switch off" : "Switch on"}</Action>
      <Confirm button="Delete" question="Delete this form?" run={remove}>
        <p dir="auto">
          Pages that have {name} cannot send it any more. The leads that came by it stay.
        </p>
      </Confirm>
    </>
  );
}

function Embedding({ form }: { form: WebForm }) {
  return (
    <section class="card" aria-labelledby="embedding">
      <h2 id="embedding">Paste this into your page</h2>
      {form.submit_url === null
        ? <p>This form is sent with an API key alone, so that no page can have it.</p>
        : (
          <>
            <p>
              It needs no script, and no key that a visitor could see. Each address may send 10
              times a minute.
            </p>
            <Copy name="Form" text={snippetOf(form, form.submit_url)} />
          </>
        )}
    </section>
  );
}

function About({ form }: { form: WebForm }) {
  return (
    <section class="card" aria-labelledby="about">
      <h2 id="about">About this form</h2>
      <Facts
        facts={[
          ["State", <FormState key="state" form={form} />],
          ["Sent", numberText(form.submissions_count)],
          ["Asks for", form.fields.map(({ label }) => label).join(", ")],
          ["Made", <Time key="made" value={form.created_at} />],
        ]}
      />
    </section>
  );
}

function Settings({ form, onChanged }: { form: WebForm; onChanged(): void }) {
  const [name, setName] = useState(form.name);
  const [redirect, setRedirect] = useState(form.redirect_url ?? "");
  const save = async () => {
    await changeForm(form.id, { name, redirect_url: redirect === "" ? null : redirect });
    tell("The form was saved.");
    onChanged();
  };
  return (
    <section class="card" aria-labelledby="settings">
      <h2 id="settings">Settings</h2>
      <Form submit="Save" onSubmit={save} fields={["name", "redirect_url"]}>
        {(errorOf) => (
          <>
            <TextField label="Name" value={name} onChange={setName} error={errorOf("name")} />
            <TextField
              label="Where visitors go afterwards (optional)"
              type="url"
              value={redirect}
              onChange={setRedirect}
              error={errorOf("redirect_url")}
            />
          </>
        )}
      </Form>
    </section>
  );
}
