import { useState } from "preact/hooks";
import { leadhub } from "../../api.ts";
import { useLoad } from "../../load.ts";
import { useOnce } from "../../once.ts";
import { go } from "../../router.ts";
import { tell } from "../../toasts.ts";
import { CheckField, TextField } from "../../ui/fields.tsx";
import { Form } from "../../ui/form.tsx";
import { Loading } from "../../ui/loading.tsx";
import { Page } from "../../ui/page.tsx";
import { nameOfType } from "../automations/describe.ts";
import { Secret } from "./secret.tsx";
import { pathOf, readEvents, readWebhook, type Webhook } from "./webhook.ts";

const ERRORS = ["name", "settings.url", "settings.events"];

/** Makes a webhook, or changes the one with an id. */
export function WebhookFormPage({ id }: { id?: string }) {
  const [made, setMade] = useState<Webhook | null>(null);
  const loaded = useLoad(async (signal) => {
    const [events, webhook] = await Promise.all([
      readEvents(signal),
      id === undefined ? null : readWebhook(id, signal),
    ]);
    return { events, webhook };
  }, [id ?? "new"]);
  if (made) return <Made webhook={made} />;
  return (
    <Page title={id === undefined ? "New webhook" : "Change webhook"}>
      <Loading of={loaded}>
        {({ events, webhook }) => (
          <WebhookForm
            webhook={webhook}
            events={events}
            onMade={setMade}
          />
        )}
      </Loading>
    </Page>
  );
}

function WebhookForm({ webhook, events, onMade }: {
  webhook: Webhook | null;
  events: readonly string[];
  onMade(webhook: Webhook): void;
}) {
  const [name, setName] = useState(webhook?.name ?? "");
  const [url, setUrl] = useState(webhook?.settings.url ?? "");
  const [chosen, setChosen] = useState(webhook?.settings.events ?? events);
  const once = useOnce();
  const save = async () => {
    const given = { ...(name.trim() ? { name } : {}), settings: { url, events: chosen } };
    if (webhook !== null) {
      await leadhub.patch(pathOf(webhook.id), given);
      tell("The webhook was changed.");
      return go(`/webhooks/${webhook.id}`);
    }
    const body = { type: "webhook", ...given };
    const { data } = await once(
      body,
      (idempotencyKey) => leadhub.post<{ data: Webhook }>("integrations", body, { idempotencyKey }),
    );
    onMade(data);
  };
  return (
    <Form
      submit={webhook === null ? "Make the webhook" : "Save"}
      onSubmit={save}
      fields={ERRORS}
      more={
        <a class="button" href={webhook === null ? "#/webhooks" : `#/webhooks/${webhook.id}`}>
          Cancel
        </a>
      }
    >
      {(errorOf) => (
        <>
          <TextField label="Name" value={name} onChange={setName} error={errorOf("name")} />
          <TextField
            label="Address"
            type="url"
            placeholder="https://"
            hint="Where your server takes POST requests."
            value={url}
            onChange={setUrl}
            error={errorOf("settings.url")}
          />
          <Events
            {...{ events, chosen }}
            onChange={setChosen}
            error={errorOf("settings.events")}
          />
        </>
      )}
    </Form>
  );
}

function Events({ events, chosen, onChange, error }: {
  events: readonly string[];
  chosen: readonly string[];
  onChange(chosen: readonly string[]): void;
  error: string | undefined;
}) {
  return (
    <fieldset>
      <legend>What it is told of</legend>
      <p class="quiet">Without any it is told what automations send to it.</p>
      {error && <p class="wrong">{error}</p>}
      {events.map((event) => (
        <CheckField
          key={event}
          label={
            <>
              {nameOfType(event)} <code>{event}</code>
            </>
          }
          checked={chosen.includes(event)}
          onChange={(isChosen) =>
            onChange([...chosen.filter((one) => one !== event), ...(isChosen ? [event] : [])])}
        />
      ))}
    </fieldset>
  );
}

function Made({ webhook }: { webhook: Webhook }) {
  return (
    <Page title="The webhook was made">
      <Secret secret={webhook.settings.secret} />
      <div class="actions">
        <a class="button primary" href={`#/webhooks/${webhook.id}`}>Go to the webhook</a>
      </div>
    </Page>
  );
}
