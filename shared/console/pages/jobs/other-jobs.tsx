import { newKey } from "../../once.ts";
import { native } from "../../api.ts";
import { type Loaded, useLoad, usePolling } from "../../load.ts";
import { query, setQuery } from "../../router.ts";
import { tell } from "../../toasts.ts";
import { Action } from "../../ui/action.tsx";
import { SelectField } from "../../ui/fields.tsx";
import { Loading } from "../../ui/loading.tsx";
import { type Column, Table } from "../../ui/table.tsx";
import { Badge, numberText, Time } from "../../ui/values.tsx";
import { BEGUN_ANEW, type Job } from "./job.ts";

interface JobPage {
  items: readonly Job[];
  pagination: { per_page: number; next_cursor: string | null };
}

const JOBS = "v1-public-jobs";
const EACH_MS = 10_000;
const STATUSES = { dead: "failed", waiting: "waiting", running: "running" } as const;
const TONES = { dead: "bad", waiting: "plain", running: "warn" } as const;

/** Everything that is done later, and what failed for good, with why. */
export function OtherJobs() {
  const status = query.value.get("status") ?? "dead";
  const cursor = query.value.get("cursor") ?? "";
  const loaded = useLoad(async (signal) => {
    const asked = { status: status === "any" ? "" : status, cursor };
    return (await native.get<{ data: JobPage }>(JOBS, asked, signal)).data;
  }, [status, cursor]);
  usePolling(loaded, EACH_MS);
  return (
    <section class="stack" aria-labelledby="jobs">
      <h2 id="jobs">All jobs</h2>
      <p class="quiet">
        What is done after a request: mail, webhooks, automations, imports. What succeeded is gone
        from here; what failed for good is kept for 30 days.
      </p>
      <div class="filters">
        <SelectField
          label="Status"
          value={status}
          choices={[["any", "Any"], ...Object.entries(STATUSES)]}
          onChange={(next) => setQuery({ status: next === "dead" ? null : next, cursor: null })}
        />
        <button type="button" onClick={loaded.reload}>Look again</button>
      </div>
      <Loading of={loaded}>
        {({ items, pagination }) => (
          <>
            <Table
              caption="Jobs"
              rows={items}
              columns={columns(loaded)}
              keyOf={({ id }) => id}
              empty={<p>{status === "dead" ? "Nothing has failed." : "There are none."}</p>}
            />
            <Further next={pagination.next_cursor} isFirst={cursor === ""} />
          </>
        )}
      </Loading>
    </section>
  );
}

function Further({ next, isFirst }: { next: string | null; isFirst: boolean }) {
  if (next === null && isFirst) return null;
  return (
    <nav class="actions" aria-label="Pages of jobs">
      {!isFirst && <button type="button" onClick={() => setQuery({ cursor: null })}>Newest</button>}
      {next !== null && (
        <button type="button" onClick={() => setQuery({ cursor: next })}>Older</button>
      )}
    </nav>
  );
}

function columns(loaded: Loaded<JobPage>): readonly Column<Job>[] {
  const retry = async ({ id }: Job) => {
    const options = { query: { id }, idempotencyKey: newKey() };
    await native.post(`${JOBS}/retry`, undefined, options);
    tell("The job is due again.");
    loaded.reload();
  };
  return [
    { title: "Made", cell: ({ created_at }) => <Time value={created_at} /> },
    { title: "Kind", cell: ({ kind }) => <code>{kind}</code> },
    {
      title: "Status",
      cell: ({ status }) => <Badge tone={TONES[status]}>{STATUSES[status]}</Badge>,
    },
    { title: "Attempts", cell: ({ attempts }) => numberText(attempts), isNumber: true },
    { title: "Due", cell: ({ status, run_at }) => status === "waiting" && <Time value={run_at} /> },
    { title: "Reason", cell: ({ last_error }) => last_error ?? "" },
    {
      title: "Again",
      cell: (job) => job.status === "dead" && <Again kind={job.kind} run={() => retry(job)} />,
    },
  ];
}

function Again({ kind, run }: { kind: string; run(): Promise<void> }) {
  if (BEGUN_ANEW.includes(kind)) return <span class="quiet">Begin it anew</span>;
  return <Action label={`Retry ${kind}`} run={run}>Retry</Action>;
}
