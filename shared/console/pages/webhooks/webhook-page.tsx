import { useState } from "preact/hooks";
import { leadhub } from "../../api.ts";
import { type Loaded, useLoad } from "../../load.ts";
import { go } from "../../router.ts";
import { isAtLeast } from "../../session.ts";
import { tell } from "../../toasts.ts";
import { Action } from "../../ui/action.tsx";
import { Confirm } from "../../ui/confirm.tsx";
import { Dialog } from "../../ui/dialog.tsx";
import { Loading } from "../../ui/loading.tsx";
import { Page } from "../../ui/page.tsx";
import { Facts, Time } from "../../ui/values.tsx";
import { Deliveries } from "./deliveries.tsx";
import { Secret } from "./secret.tsx";
import { pathOf, readWebhook, type Webhook } from "./webhook.ts";
import { eventsText, State } from "./webhooks-page.tsx";

/** One webhook, and what it was told. */
export function WebhookPage({ id }: { id: string }) {
  const loaded = useLoad((signal) => readWebhook(id, signal), [id]);
  const webhook = loaded.data;
  return (
    <Page
      title={webhook?.name ?? "Webhook"}
      actions={webhook && isAtLeast("admin") && <Changes webhook={webhook} loaded={loaded} />}
    >
      <p>
        <a href="#/webhooks">All webhooks</a>
      </p>
      <Loading of={loaded}>
        {(shown) => (
          <>
            <section class="card" aria-label="The webhook">
              <Facts
                facts={[
                  ["Address", <code key="url">{shown.settings.url}</code>],
                  ["Told of", eventsText(shown.settings.events)],
                  ["State", <State key="state" {...shown} />],
                  ["Made", <Time key="made" value={shown.created_at} />],
                ]}
              />
            </section>
            <Deliveries webhook={shown} />
          </>
        )}
      </Loading>
    </Page>
  );
}

function Changes({ webhook, loaded }: { webhook: Webhook; loaded: Loaded<Webhook> }) {
  const [secret, setSecret] = useState<string | null>(null);
  const path = pathOf(webhook.id);
  // One that was paused is on, but told nothing.
  const isTold = webhook.status === "active";
  const turn = async () => {
    await leadhub.patch(path, { is_active: !isTold });
    tell(isTold ? "The webhook is off." : "The webhook is on.");
    loaded.reload();
  };
  const rotate = async () => {
    const { data } = await leadhub.post<{ data: Webhook }>(`${path}/rotate-secret`);
    setSecret(data.settings.secret);
  };
  const remove = async () => {
    await leadhub.delete(path);
    tell("The webhook was deleted.");
    go("/webhooks");
  };
  return (
    <>
      <a class="button" href={`#/webhooks/${webhook.id}/change`}>Change</a>
      <Action run={turn}>{isTold ? "Turn off" : "Turn on"}</Action>
      <Confirm button="New secret" question="Give it a new secret?" run={rotate}>
        <p>
          The new one is shown once. Requests are signed with both for a day, so that your server
          can be changed over.
        </p>
      </Confirm>
      <Confirm button="Delete" question="Delete this webhook?" run={remove}>
        <p>What it was told is deleted with it, and it is told no more. This cannot be undone.</p>
      </Confirm>
      {secret !== null && (
        <Dialog title="The new secret" onClose={() => setSecret(null)}>
          <Secret secret={secret} />
        </Dialog>
      )}
    </>
  );
}
