import { bulkTurn } from "../crm/bulk.ts";
import {
  batchProcessed,
  importCompleted,
  importPutOff,
  leadsImported,
  nextBatches,
  type StoredImport,
  storedImport,
} from "../crm/import-jobs.ts";
import { leads } from "../crm/leads.ts";
import type { UserRole } from "../db/claims.ts";
import { type Sql, sql, statement } from "../db/sql.ts";
import { rowsOf } from "../db/wire/rows.ts";
import type { Workspace } from "../db/workspace.ts";
import { fileStore } from "../files/store.ts";
import { GiveUp, RetryLater, type Work, type WorkContext } from "../jobs/work.ts";
import { batchDone, goodOf, type Outcome, type ReadRow } from "./batch-done.ts";
import { batchesAfter } from "./staged-rows.ts";

/** How the rows of an import are read, and what becomes of those whose lead is there. */
export interface Importer {
  onExisting: string;
  read(cells: readonly string[]): ReadRow;
}

const RETRY_AFTER = [1, 5, 30, 300, 1_800];
/** A transaction takes of the day's contacts no more than this at once. */
const BATCH = { most: 100, characters: 500_000 };
/** What a run does, so that others have their turn. */
const MOST_ROWS = 2_000;
const MOST_MS = 15_000;
/** The header is the first row. */
const HEADER = 1;

/** The work of jobs that go on with an import of leads, `{import_id}`. */
export function importWork(
  importerOf: (stored: StoredImport, workspace: Workspace) => Promise<Importer>,
): Work {
  return {
    retryAfter: RETRY_AFTER,
    async run({ payload }, context) {
      const { workspace, env, done } = context;
      const [rows] = await workspace.read([statement(storedImport(String(payload.import_id)))]);
      const [stored] = rowsOf<StoredImport>(rows);
      if (stored === undefined || ["completed", "failed"].includes(stored.status)) return;
      const actor = actorOf(stored, context);
      const importer = await importerOf(stored, actor);
      const bytes = stored.bytes_id && await fileStore(workspace, env).read(stored.bytes_id);
      if (!bytes) throw new GiveUp("Its rows are gone.");
      const progress = await processed(stored, bytes, { importer, actor, context });
      await workspace.write([statement(AFTER[progress](stored.id)), done]);
    },
  };
}

/** How far an import is: `limited` when the day's contacts are used up. */
type Progress = "all" | "some" | "limited";

const AFTER: Readonly<Record<Progress, (id: string) => Sql>> = {
  all: importCompleted,
  some: (id) => nextBatches(sql`${id}`),
  limited: importPutOff,
};

// Whoever is no user any more has begun it all the same.
function actorOf({ user_id, role }: StoredImport, { workspace, asUser }: WorkContext): Workspace {
  return user_id === null || role === null ? workspace : asUser(user_id, role as UserRole);
}

interface Processing {
  importer: Importer;
  actor: Workspace;
  context: WorkContext;
}

/** Goes on with an import for a while. */
async function processed(
  stored: StoredImport,
  bytes: ReadableStream<Uint8Array>,
  { importer, actor, context: { signal } }: Processing,
): Promise<Progress> {
  const end = performance.now() + MOST_MS;
  let at = stored;
  for await (const batch of batchesAfter(bytes, stored.processed_rows, BATCH)) {
    if (at.processed_rows - stored.processed_rows >= MOST_ROWS || performance.now() > end) {
      return "some";
    }
    signal.throwIfAborted();
    const before = at.processed_rows;
    at = await imported(at, batch, importer, actor);
    if (at.processed_rows < before + batch.length) return "limited";
  }
  return "all";
}

async function imported(
  at: StoredImport,
  batch: readonly string[][],
  { onExisting, read }: Importer,
  actor: Workspace,
): Promise<StoredImport> {
  const rows = batch.map((cells, n) => ({
    row: at.processed_rows + n + HEADER + 1,
    ...read(cells),
  }));
  return await actor.transact(async (transaction) => {
    await transaction.run(bulkTurn(leads));
    const [answered] = await transaction.run([
      statement(leadsImported(goodOf(rows).map(({ fields }) => fields), onExisting)),
    ]);
    const done = batchDone(rows, rowsOf<Outcome>(answered));
    const [kept] = await transaction.run([statement(batchProcessed(at, done))]);
    const [progress] = rowsOf<Pick<StoredImport, "processed_rows" | "errors">>(kept);
    if (progress === undefined) throw new RetryLater("Another run goes on with it.");
    return { ...at, ...progress };
  });
}
