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
import { Badge, Time } from "../../ui/values.tsx";
import type { ListPage, Run, Step } from "./automation.ts";
import { nameOfType, reasonText } from "./describe.ts";
import { pageIn, Pager } from "../../ui/pager.tsx";

const STATUSES = ["queued", "running", "waiting", "succeeded", "failed", "skipped"] as const;
const TONES = { succeeded: "good", failed: "bad", waiting: "warn", pending: "plain" } as const;
// A user may ask LeadHub a thousand times an hour.
const EACH_MS = 10_000;

/** What an automation did, the newest first, as it goes on. */
export function Runs({ path }: { path: string }) {
  const page = pageIn();
  const status = query.value.get("status") ?? "";
  const loaded = useLoad(
    (signal) => leadhub.get<ListPage<Run>>(`${path}/runs`, { page, per_page: 25, status }, signal),
    [path, page, status],
  );
  usePolling(loaded, EACH_MS);
  return (
    <section class="stack" aria-labelledby="runs">
      <h2 id="runs">Runs</h2>
      <div class="filters">
        <SelectField
          label="Status"
          value={status}
          choices={[["", "Any"], ...STATUSES.map((one) => [one, one] as const)]}
          onChange={(next) => setQuery({ status: next, page: null })}
        />
        <button type="button" onClick={loaded.reload}>Look again</button>
      </div>
      <Loading of={loaded}>
        {({ data, meta }) => (
          <>
            <Table
              caption="Runs"
              rows={data}
              columns={columns(path, loaded)}
              keyOf={({ id }) => id}
              empty={status
                ? <p>No run is {status}.</p>
                : <p>It has not run yet: it does when what starts it happens to a lead.</p>}
            />
            <Pager what="runs" page={page} total={meta.total} />
          </>
        )}
      </Loading>
    </section>
  );
}

function columns(path: string, loaded: Loaded<unknown>): readonly Column<Run>[] {
  const retry = async ({ id }: Run) => {
    await leadhub.post(`${path}/runs/${id}/retry`, {}, { idempotencyKey: newKey() });
    tell("The run goes on from the step that failed.");
    loaded.reload();
  };
  return [
    { title: "Began", cell: ({ started_at }) => <Time value={started_at} /> },
    { title: "Because of", cell: ({ event_type }) => nameOfType(event_type) },
    {
      title: "Lead",
      cell: ({ lead_id }) =>
        lead_id === null ? "gone" : <a href={`#/leads/${lead_id}`}>Lead {lead_id}</a>,
    },
    { title: "Status", cell: (run) => <Fate {...run} /> },
    { title: "Steps", cell: (run) => <Steps {...run} /> },
    ...(isAtLeast("member")
      ? [{
        title: "Again",
        cell: (run: Run) =>
          run.status === "failed" &&
          <Action label={`Retry run ${run.id}`} run={() => retry(run)}>Retry</Action>,
      }]
      : []),
  ];
}

function Fate({ status, reason }: Run) {
  return (
    <>
      <Status of={status} />
      {reason && <p class="quiet words">{reasonText(reason)}</p>}
    </>
  );
}

function Status({ of }: { of: string }) {
  return <Badge tone={TONES[of as keyof typeof TONES] ?? "plain"}>{of}</Badge>;
}

function Steps({ steps }: Run) {
  if (steps.length === 0) return <span class="quiet">none</span>;
  return (
    <ol class="steps">
      {steps.map((step, at) => (
        <li key={at}>
          <OneStep {...step} />
        </li>
      ))}
    </ol>
  );
}

function OneStep({ type, status, error, attempts, finished_at }: Step) {
  return (
    <>
      {nameOfType(type)} <Status of={status} />
      {attempts > 1 && <span class="quiet">, {attempts} attempts</span>}
      {finished_at && (
        <span class="quiet">
          {" "}
          <Time value={finished_at} />
        </span>
      )}
      {error && <p class="wrong">{error}</p>}
    </>
  );
}
