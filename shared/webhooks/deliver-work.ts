import { sql, statement } from "../db/sql.ts";
import { openSecrets } from "../integrations/settings.ts";
import type { Job } from "../jobs/job.ts";
import type { Work, WorkContext } from "../jobs/work.ts";
import { fetchChecked, OutgoingFailed } from "../providers/outgoing/fetch-checked.ts";
import { networksOf } from "../providers/outgoing/networks.ts";
import { signatureHeaders } from "./sign.ts";

const TIMEOUT_MS = 15_000;
const GONE = 410;
const MINUTE = 60;
const HOUR = 60 * MINUTE;

/** Seconds after which a delivery that did not get through is tried again. */
export const AGAIN_AFTER: readonly number[] = [
  5,
  5 * MINUTE,
  30 * MINUTE,
  2 * HOUR,
  5 * HOUR,
  16 * HOUR,
];

/** A delivery that is to be tried, and the webhook it is for. */
interface Due {
  id: string;
  webhook_id: string;
  body: string;
  tries: number;
  status: string;
  url: string;
  secrets: string | null;
  /** Whether the former secret signs as well. */
  overlaps: boolean;
  at: string;
  /** The same in Unix seconds, by the database's clock. */
  seconds: number;
}

/** What became of an attempt, as deliveries show it. */
interface Attempt {
  at: string;
  status_code: number | null;
  error: string | null;
  duration_ms: number;
}

/** Tries one delivery: `{delivery_id}`. The outcome is kept with it, and so is when it is tried again. */
export const deliverWork: Work = {
  retryAfter: [5, 30, 5 * MINUTE, 30 * MINUTE, 2 * HOUR],
  async run(job, context) {
    const { workspace, done } = context;
    const due = await dueDelivery(job, context);
    if (due === null) return;
    if (due.status !== "active") {
      const held = sql`select app.hold_webhook_delivery(${due.id}, ${job.id})`;
      await workspace.write([statement(held), done]);
      return;
    }
    const attempt = await tried(due, context);
    const { status_code, error } = attempt;
    const noted = sql`select app.note_webhook_attempt(${due.id}, ${job.id}, ${
      JSON.stringify(attempt)
    }::jsonb, ${error === null}, ${status_code === GONE}, ${AGAIN_AFTER[due.tries] ?? null})`;
    await workspace.write([statement(noted), done]);
  },
};

// Only what this job is to try: a replay gives a delivery another one.
async function dueDelivery(job: Job, { workspace }: WorkContext): Promise<Due | null> {
  const [rows] = await workspace.read([statement(sql`
    select d.id, d.webhook_id, d.body, d.tries, i.status, i.settings ->> 'url' as url, i.secrets,
      coalesce(i.former_secret_until > clock_timestamp(), false) as overlaps,
      to_char(clock_timestamp() at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') as at,
      floor(extract(epoch from clock_timestamp()))::float8 as seconds
    from crm.webhook_deliveries d join crm.integrations i on i.id = d.integration_id
    where d.id = ${job.payload.delivery_id} and d.job_id = ${job.id}`)]);
  return rows?.[0] as Due | undefined ?? null;
}

async function tried(due: Due, context: WorkContext): Promise<Attempt> {
  const { webhook_id: webhookId, seconds: timestamp, body, at, url } = due;
  const { secret = "", former } = await openSecrets(context, due);
  const secrets = [secret, ...due.overlaps && former !== undefined ? [former] : []];
  try {
    const { status, durationMs } = await fetchChecked(url, {
      method: "POST",
      headers: {
        "Content-Type": "application/json",
        "User-Agent": "Lumenbase-Webhooks/1.0",
        ...signatureHeaders({ webhookId, timestamp, body }, secrets),
      },
      body,
      timeoutMs: TIMEOUT_MS,
      networks: networksOf(context.env.OUTBOUND_PRIVATE_NETWORKS),
    });
    return { at, status_code: status, error: refusalOf(status), duration_ms: durationMs };
  } catch (error) {
    if (!(error instanceof OutgoingFailed)) throw error;
    return { at, status_code: null, error: error.message, duration_ms: error.durationMs };
  }
}

function refusalOf(status: number): string | null {
  if (status >= 200 && status < 300) return null;
  const redirects = status >= 300 && status < 400 ? " Redirects are not followed." : "";
  return `The receiver answered ${status}.${redirects}`;
}
