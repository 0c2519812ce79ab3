import { newKey } from "../../once.ts";
import { leadhub } from "../../api.ts";
import { type Loaded, useLoad, usePolling } from "../../load.ts";
import { query, setQuery } from "../../router.ts";
import { isAtLeast } from "../../session.ts";
import { tell } from "../../toasts.ts";
import { Action } from "../../ui/action.tsx";
import { SelectField } from "../../ui/fields.tsx";
import { Loading } from "../../ui/loading.tsx";
import { type Column, Table } from "../../ui/table.tsx";
import { Badge, numberText, Time } from "../../ui/values.tsx";
import type { ListPage } from "../automations/automation.ts";
import { nameOfType } from "../automations/describe.ts";
import { pageIn, Pager } from "../../ui/pager.tsx";
import { type Attempt, type Delivery, pathOf, type Webhook } from "./webhook.ts";

const STATUSES = ["pending", "succeeded", "failed"] as const;
const TONES = { pending: "warn", succeeded: "good", failed: "bad" } as const;
// A user may ask LeadHub a thousand times an hour.
const EACH_MS = 10_000;
const EVER = "2999-01-01T00:00:00Z";

/** What a webhook was told, the newest first, as it goes on. */
export function Deliveries({ webhook }: { webhook: Webhook }) {
  const path = `${pathOf(webhook.id)}/deliveries`;
  const page = pageIn();
  const status = query.value.get("status") ?? "";
  const loaded = useLoad(
    (signal) => leadhub.get<ListPage<Delivery>>(path, { page, per_page: 25, status }, signal),
    [path, page, status],
  );
  usePolling(loaded, EACH_MS);
  return (
    <section class="stack" aria-labelledby="deliveries">
      <h2 id="deliveries">Deliveries</h2>
      <div class="filters">
        <SelectField
          label="Status"
          value={status}
          choices={[["", "Any"], ...STATUSES.map((one) => [one, one] as const)]}
          onChange={(next) => setQuery({ status: next, page: null })}
        />
        <button type="button" onClick={loaded.reload}>Look again</button>
        {isAtLeast("admin") && (
          <Action run={() => replayFailed(webhook, loaded)}>Replay all failed</Action>
        )}
      </div>
      <Loading of={loaded}>
        {({ data, meta }) => (
          <>
            <Table
              caption="Deliveries"
              rows={data}
              columns={columns(path, loaded)}
              keyOf={({ id }) => id}
              empty={status
                ? <p>No delivery is {status}.</p>
                : <p>Nothing was told yet: it is when something happens to a lead.</p>}
            />
            <Pager what="deliveries" page={page} total={meta.total} />
          </>
        )}
      </Loading>
    </section>
  );
}

async function replayFailed(webhook: Webhook, loaded: Loaded<unknown>): Promise<void> {
  const body = { from: webhook.created_at, to: EVER, status: "failed" };
  const path = `${pathOf(webhook.id)}/deliveries/replay`;
  const { data: { replayed } } = await leadhub.post<{ data: { replayed: number } }>(path, body, {
    idempotencyKey: newKey(),
  });
  tell(
    replayed === 0
      ? "No delivery has failed."
      : `${numberText(replayed)} ${replayed === 1 ? "delivery is" : "deliveries are"} sent again.`,
  );
  loaded.reload();
}

function columns(path: string, loaded: Loaded<unknown>): readonly Column<Delivery>[] {
  const replay = async ({ id }: Delivery) => {
    await leadhub.post(`${path}/${id}/replay`, {}, { idempotencyKey: newKey() });
    tell("The delivery is sent again.");
    loaded.reload();
  };
  return [
    { title: "When", cell: ({ created_at }) => <Time value={created_at} /> },
    { title: "Event", cell: ({ event_type }) => nameOfType(event_type) },
    { title: "Status", cell: (delivery) => <Fate {...delivery} /> },
    { title: "Attempts", cell: (delivery) => <Attempts {...delivery} /> },
    ...(isAtLeast("admin")
      ? [{
        title: "Again",
        cell: (delivery: Delivery) => (
          <Action
            label={`Replay delivery ${delivery.id}`}
            run={() => replay(delivery)}
          >
            Replay
          </Action>
        ),
      }]
      : []),
  ];
}

function Fate({ status, next_attempt_at }: Delivery) {
  return (
    <>
      <Badge tone={TONES[status]}>{status}</Badge>
      {next_attempt_at && (
        <p class="quiet">
          next try <Time value={next_attempt_at} />
        </p>
      )}
    </>
  );
}

function Attempts({ attempts, webhook_id, status }: Delivery) {
  const last = attempts.at(-1);
  if (last === undefined) return <span class="quiet">none yet</span>;
  return (
    <details>
      <summary>
        <strong>{last.status_code ?? "No answer"}</strong>{" "}
        <span class="quiet">
          {numberText(last.duration_ms)} ms
          {attempts.length > 1 && `, ${numberText(attempts.length)} attempts`}
        </span>
        {last.error && status !== "succeeded" && <p class="wrong words">{last.error}</p>}
      </summary>
      <ol class="steps">
        {attempts.map((attempt, at) => (
          <li key={at}>
            <OneAttempt {...attempt} />
          </li>
        ))}
      </ol>
      <p class="quiet">
        Each has the id <code>{webhook_id}</code>
      </p>
    </details>
  );
}

function OneAttempt({ at, status_code, error, duration_ms }: Attempt) {
  return (
    <>
      <Time value={at} /> {status_code !== null && <strong>{status_code}</strong>}{" "}
      <span class="quiet">{numberText(duration_ms)} ms</span>
      {error && <p class="wrong">{error}</p>}
    </>
  );
}
