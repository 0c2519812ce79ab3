import { useState } from "preact/hooks";
import { lio, type LioPage } from "../../api.ts";
import { useLoad } from "../../load.ts";
import { newKey } from "../../once.ts";
import { isAtLeast } from "../../session.ts";
import { tell } from "../../toasts.ts";
import { SelectField } from "../../ui/fields.tsx";
import { Form } from "../../ui/form.tsx";
import { type Column, Table } from "../../ui/table.tsx";
import { numberText } from "../../ui/values.tsx";
import { AppPage } from "./app-page.tsx";
import { MOST } from "./connections.ts";
import { Service } from "./service.tsx";

interface Channel {
  id: string;
  name: string;
  is_private: boolean;
  is_member: boolean;
  num_members: number;
}

const COLUMNS: readonly Column<Channel>[] = [
  { title: "Channel", cell: ({ name }) => <strong>#{name}</strong> },
  { title: "Who sees it", cell: ({ is_private }) => is_private ? "Its members" : "Everybody" },
  {
    title: "The app",
    cell: ({ is_member }) =>
      is_member ? "Is a member" : <span class="quiet">Invite it to post there</span>,
  },
  { title: "Members", cell: ({ num_members }) => numberText(num_members), isNumber: true },
];
const EVENTS = [
  ["test", "A test"],
  ["lead_created", "A new lead"],
  ["lead_assigned", "A lead that was assigned"],
  ["hot_lead", "A hot lead"],
  ["deal_won", "A deal that was won"],
  ["meeting_booked", "A meeting that was booked"],
] as const;

/** Slack: its channels, and a message that tries one. */
export function SlackPage() {
  return (
    <AppPage provider="slack" title="Slack">
      <Channels />
    </AppPage>
  );
}

function Channels() {
  const channels = useLoad(
    (signal) => lio.get<LioPage<Channel>>("slack/channels", { limit: MOST }, signal),
    [],
  );
  return (
    <Service of={channels}>
      {({ data, total }) => (
        <>
          {isAtLeast("rep") && data.length > 0 && <TestForm channels={data} />}
          <section class="stack" aria-labelledby="channels">
            <h2 id="channels">Channels</h2>
            <Table
              caption="Channels of Slack"
              rows={data}
              columns={COLUMNS}
              keyOf={({ id }) => id}
              empty={<p>The app sees no channel: invite it to one in Slack.</p>}
            />
            {total > data.length && <p class="quiet">{numberText(total)} channels in all.</p>}
          </section>
        </>
      )}
    </Service>
  );
}

function TestForm({ channels }: { channels: readonly Channel[] }) {
  const [channel, setChannel] = useState(channels.find((one) => one.is_member)?.id ?? "");
  const [event_type, setEvent] = useState("test");
  const post = async () => {
    await lio.post("slack/test-notification", { channel, event_type }, {
      idempotencyKey: newKey(),
    });
    tell(`The message is in #${channels.find(({ id }) => id === channel)?.name}.`);
  };
  return (
    <section class="card" aria-labelledby="try">
      <h2 id="try">Try it</h2>
      <Form submit="Post a message" onSubmit={post} fields={["channel", "event_type"]}>
        {(errorOf) => (
          <div class="columns">
            <SelectField
              label="Channel"
              value={channel}
              onChange={setChannel}
              choices={[
                ["", "Choose a channel"],
                ...channels.map(({ id, name }) => [id, `#${name}`] as const),
              ]}
              error={errorOf("channel")}
            />
            <SelectField
              label="What it tells"
              value={event_type}
              onChange={setEvent}
              choices={EVENTS}
              error={errorOf("event_type")}
            />
          </div>
        )}
      </Form>
    </section>
  );
}
