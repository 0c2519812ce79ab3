import { nextEntries, pendingEntries, type PendingEntry } from "../crm/enrichment-jobs.ts";
import { importCompleted, type StoredImport, storedImport } from "../crm/import-jobs.ts";
import { loadRegistries } from "../crm/values/registries.ts";
import type { UserRole } from "../db/claims.ts";
import { sql, statement } from "../db/sql.ts";
import { rowsOf } from "../db/wire/rows.ts";
import type { Workspace } from "../db/workspace.ts";
import type { Work, WorkContext } from "../jobs/work.ts";
import { enrichmentService } from "../providers/enrichment/enrichment.ts";
import { enrichEntry, type Enrichment, ownerOf } from "./entry.ts";

const RETRY_AFTER = [1, 5, 30, 300, 1_800];
/** Entries that are looked up at once. */
const AT_ONCE = 4;
/** How long a run begins further entries, so that it ends within the seconds of a job. */
const MOST_MS = 15_000;

/** The work of jobs that go on with an enrichment of many, `{import_id}`. */
export const enrichWork: Work = {
  retryAfter: RETRY_AFTER,
  async run({ payload }, context) {
    const { workspace, done, env, signal } = context;
    const [rows] = await workspace.read([statement(storedImport(String(payload.import_id)))]);
    const [stored] = rowsOf<StoredImport>(rows);
    if (stored === undefined || ["completed", "failed"].includes(stored.status)) return;
    await loadRegistries();
    const actor = actorOf(stored, context);
    const enrichment = {
      importId: stored.id,
      actor,
      owner: await ownerOf(actor, stored.user_id),
      service: enrichmentService(env),
    };
    const isDone = await enrichedAll(enrichment, signal);
    const next = isDone ? importCompleted(stored.id) : nextEntries(sql`${stored.id}`);
    await workspace.write([statement(next), done]);
  },
};

// Whoever is no user any more has begun it all the same.
function actorOf({ user_id, role }: StoredImport, { workspace, asUser }: WorkContext): Workspace {
  return user_id === null || role === null ? workspace : asUser(user_id, role as UserRole);
}

/** Enriches entries for a while, one by one once credits are short; answers whether none is left. */
async function enrichedAll(enrichment: Enrichment, signal: AbortSignal): Promise<boolean> {
  const { actor, importId } = enrichment;
  const end = performance.now() + MOST_MS;
  let atOnce = AT_ONCE;
  for (;;) {
    const [rows] = await actor.read([statement(pendingEntries(importId, atOnce))]);
    const entries = rowsOf<PendingEntry>(rows);
    if (entries.length === 0) return true;
    if (performance.now() > end) return false;
    signal.throwIfAborted();
    const runs = await Promise.allSettled(
      entries.map((entry) => enrichEntry(enrichment, entry, entries.length > 1)),
    );
    for (const run of runs) {
      if (run.status === "rejected") throw run.reason;
      if (!run.value) atOnce = 1;
    }
  }
}
