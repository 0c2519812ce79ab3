import { leadhub } from "../../api.ts";
import { useLoad } from "../../load.ts";
import { isAtLeast } from "../../session.ts";
import { Loading } from "../../ui/loading.tsx";
import { Page } from "../../ui/page.tsx";
import { type Column, Table } from "../../ui/table.tsx";
import { Badge } from "../../ui/values.tsx";
import type { ListPage } from "../automations/automation.ts";
import { nameOfType } from "../automations/describe.ts";
import { pageIn, Pager } from "../../ui/pager.tsx";
import { OnOff } from "../automations/automations-page.tsx";
import type { Webhook } from "./webhook.ts";

const COLUMNS: readonly Column<Webhook>[] = [
  { title: "Name", cell: ({ id, name }) => <a href={`#/webhooks/${id}`}>{name}</a> },
  { title: "Address", cell: ({ settings }) => <code class="address">{settings.url}</code> },
  {
    title: "Told of",
    cell: ({ settings: { events } }) => <span class="words">{eventsText(events)}</span>,
  },
  { title: "State", cell: (webhook) => <State {...webhook} /> },
];

/** The webhooks of the workspace. */
export function WebhooksPage() {
  const page = pageIn();
  const loaded = useLoad(
    (signal) => {
      const query = { type: "webhook", page, per_page: 25 };
      return leadhub.get<ListPage<Webhook>>("integrations", query, signal);
    },
    [page],
  );
  const make = isAtLeast("admin") && (
    <a class="button primary" href="#/webhooks/new">
      New webhook
    </a>
  );
  return (
    <Page title="Webhooks" actions={make}>
      <p class="quiet">
        A webhook tells a server of yours what happens to leads, by a signed POST (Standard
        Webhooks).
      </p>
      <Loading of={loaded}>
        {({ data, meta }) => (
          <>
            <Table
              caption="Webhooks"
              rows={data}
              columns={COLUMNS}
              keyOf={({ id }) => id}
              empty={<None />}
            />
            <Pager what="webhooks" page={page} total={meta.total} />
          </>
        )}
      </Loading>
    </Page>
  );
}

function None() {
  return (
    <>
      <p>There are no webhooks yet.</p>
      <p>
        {isAtLeast("admin")
          ? (
            <>
              <a href="#/webhooks/new">Make one</a> with the address of your server.
            </>
          )
          : "An administrator of the workspace can make one."}
      </p>
    </>
  );
}

/** What a webhook is told of, in words. */
export function eventsText(events: readonly string[]): string {
  return events.map(nameOfType).join(", ") || "What automations send to it";
}

/** Whether a webhook is told, and why it was paused. */
export function State({ is_active, status, last_error }: Webhook) {
  return (
    <>
      {status === "paused" ? <Badge tone="bad">Paused</Badge> : <OnOff isOn={is_active} />}
      {last_error && <p class="wrong words">{last_error}</p>}
    </>
  );
}
