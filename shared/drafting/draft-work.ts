import { draftContext, draftCreation, type WrittenDraft } from "../crm/email-drafts.ts";
import {
  type BatchDone,
  batchProcessed,
  importCompleted,
  type StoredImport,
  storedImport,
} from "../crm/import-jobs.ts";
import { ledgerError, releaseHold } from "../crm/ledgers.ts";
import type { UserRole } from "../db/claims.ts";
import { statement } from "../db/sql.ts";
import { rowsOf } from "../db/wire/rows.ts";
import type { Workspace } from "../db/workspace.ts";
import { enqueue } from "../jobs/enqueue.ts";
import { RetryLater, type Work, type WorkContext } from "../jobs/work.ts";
import { type AiService, aiService } from "../providers/ai/chat.ts";
import { ProviderFailed } from "../providers/outgoing/provider-failed.ts";
import { Refusal } from "../refusals/refusal.ts";
import { writeDraft } from "./write-draft.ts";

const RETRY_AFTER = [2, 30, 300];
/** Leads whose drafts are asked for at once. */
const TOGETHER = 4;
/** A run begins with no more of them after this, and waits so long for each, so that it ends in time. */
const BEGIN_MS = 12_000;
const ASK_MS = 25_000;

/** Statuses by which a service refuses what it is asked, whoever asks and whenever. */
const REFUSALS = new Set([400, 413, 422]);

/** What drafting is to do (SQL: app.begin_drafts). */
interface Drafting {
  persona: string;
  requests: readonly Request[];
}

interface Request {
  lead: string;
  hold: string;
}

type Stored = StoredImport<Drafting>;

/** What came of asking for the draft of a lead; `gone` when nobody sees the lead any more. */
type Tried = { request: Request; row: number; came: WrittenDraft | ProviderFailed | "gone" };

/** How far drafting is: `stuck` when the service failed after something was done. */
type Progress = "all" | "some" | "stuck";

/** The work of jobs that draft emails to leads, `{import_id}`, each in a transaction with what it costs. */
export const draftWork: Work = {
  retryAfter: RETRY_AFTER,
  async run({ kind, payload, attempt }, context) {
    const { workspace, env, done } = context;
    const [rows] = await workspace.read([statement(storedImport(String(payload.import_id)))]);
    const [stored] = rowsOf<Stored>(rows);
    if (stored === undefined || ["completed", "failed"].includes(stored.status)) return;
    const ai = aiService(env);
    if (ai === null) throw new RetryLater("No AI service is configured.");
    const drafter = new Drafter(actorOf(stored, context), { ...ai, timeoutMs: ASK_MS });
    const isLast = attempt > RETRY_AFTER.length;
    const progress = await drafter.goOn(stored, isLast, context.signal);
    const inSeconds = progress === "stuck" ? RETRY_AFTER[0] ?? 0 : 0;
    const next = progress === "all"
      ? statement(importCompleted(stored.id))
      : enqueue(kind, { import_id: stored.id }, { inSeconds });
    await workspace.write([next, done]);
  },
};

// Whoever is no user any more has begun it all the same.
function actorOf({ user_id, role }: Stored, { workspace, asUser }: WorkContext): Workspace {
  return user_id === null || role === null ? workspace : asUser(user_id, role as UserRole);
}

/** Drafts for who began it, lead by lead in their order. */
class Drafter {
  readonly #workspace: Workspace;
  readonly #ai: AiService;

  constructor(workspace: Workspace, ai: AiService) {
    this.#workspace = workspace;
    this.#ai = ai;
  }

  /** Goes on for a while. In the last attempt a lead whose draft the service does not give is passed over. */
  async goOn(stored: Stored, isLast: boolean, signal: AbortSignal): Promise<Progress> {
    const end = performance.now() + BEGIN_MS;
    const { requests } = stored.options;
    let at = stored;
    while (at.processed_rows < requests.length) {
      if (performance.now() > end) return "some";
      signal.throwIfAborted();
      const from = at.processed_rows;
      const batch = requests.slice(from, from + TOGETHER);
      const tried = await Promise.all(
        batch.map((request, n) => this.#tried(at, request, from + n + 1)),
      );
      for (const one of tried) {
        if (one.came instanceof ProviderFailed && isPassing(one.came) && !isLast) {
          if (at.processed_rows > stored.processed_rows) return "stuck";
          throw new RetryLater(one.came.message);
        }
        at = await this.#kept(at, one);
      }
    }
    return "all";
  }

  async #tried({ options: { persona } }: Stored, request: Request, row: number): Promise<Tried> {
    const [rows] = await this.#workspace.read([statement(draftContext(request.lead))]);
    const [known] = rowsOf<{ context: string }>(rows);
    if (known === undefined) return { request, row, came: "gone" };
    try {
      const lead: unknown = JSON.parse(known.context);
      return { request, row, came: await writeDraft(this.#ai, { persona, lead }) };
    } catch (error) {
      if (!(error instanceof ProviderFailed)) throw error;
      return { request, row, came: error };
    }
  }

  async #kept(at: Stored, { request, row, came }: Tried): Promise<Stored> {
    if (came === "gone") return await this.#passed(at, request, { skipped: 1 });
    if (came instanceof ProviderFailed) return await this.#failed(at, request, row, came);
    try {
      return await this.#written(at, request, came);
    } catch (error) {
      const refused = ledgerError(error);
      if (!(refused instanceof Refusal)) throw error;
      return await this.#failed(at, request, row, refused);
    }
  }

  #written(at: Stored, { lead, hold }: Request, written: WrittenDraft): Promise<Stored> {
    const { persona } = at.options;
    return this.#workspace.transact(async (transaction) => {
      const [made] = await transaction.run([
        statement(draftCreation({ lead, persona, hold }, written)),
      ]);
      const done = made?.length === 1 ? { created: 1 } : { skipped: 1 };
      const [, progress] = await transaction.run([
        releaseHold(hold),
        statement(batchProcessed(at, { ...NOTHING, ...done })),
      ]);
      return moved(at, progress);
    });
  }

  #failed(at: Stored, request: Request, row: number, { message }: Refusal): Promise<Stored> {
    return this.#passed(at, request, { failed: 1, errors: [{ row, field: null, message }] });
  }

  async #passed(at: Stored, { hold }: Request, done: Partial<BatchDone>): Promise<Stored> {
    return await this.#workspace.transact(async (transaction) => {
      const [, progress] = await transaction.run([
        releaseHold(hold),
        statement(batchProcessed(at, { ...NOTHING, ...done })),
      ]);
      return moved(at, progress);
    });
  }
}

const NOTHING: BatchDone = { created: 0, updated: 0, skipped: 0, failed: 0, errors: [] };

// What another run has processed meanwhile is neither written nor charged again.
function moved(at: Stored, rows: Parameters<typeof rowsOf>[0]): Stored {
  const [progress] = rowsOf<Pick<Stored, "processed_rows" | "errors">>(rows);
  if (progress === undefined) throw new RetryLater("Another run goes on with it.");
  return { ...at, ...progress };
}

/** Whether another attempt may help: it was not what is asked for this very lead that the service refused. */
function isPassing({ status }: ProviderFailed): boolean {
  return status === null || !REFUSALS.has(status);
}
