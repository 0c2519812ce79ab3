import {
  hubspotImportFailed,
  nextPages,
  type StoredHubspotImport,
  storedHubspotImport,
} from "../crm/hubspot-imports.ts";
import { importPutOff } from "../crm/import-jobs.ts";
import { openAccount } from "../connected/open-account.ts";
import type { UserRole } from "../db/claims.ts";
import { type Sql, sql, statement } from "../db/sql.ts";
import { rowsOf } from "../db/wire/rows.ts";
import type { Workspace } from "../db/workspace.ts";
import type { Work, WorkContext } from "../jobs/work.ts";
import { RetryLater } from "../jobs/work.ts";
import { hubspot } from "../providers/crm-import/hubspot.ts";
import { ProviderFailed } from "../providers/outgoing/provider-failed.ts";
import type { Service } from "../providers/outgoing/service.ts";
import { type HubspotReader, importedPage } from "./hubspot-page.ts";

// Longer than HubSpot counts requests: 10 seconds, and a day.
const RETRY_AFTER = [10, 30, 60, 300, 1_800, 3_600, 7_200, 14_400, 28_800, 28_800];
const AGAIN = sql`now() + interval '10 seconds'`;
/** What a run does, so that others have their turn. */
const MOST_CONTACTS = 2_000;
const MOST_MS = 15_000;
/** Statuses that another attempt may make good. */
const PASSING = new Set([408, 425, 429]);

/** The work of jobs that go on with an import of HubSpot's contacts, `{import_id}`. */
export function hubspotWork(
  readerOf: (stored: StoredHubspotImport, workspace: Workspace) => Promise<HubspotReader>,
): Work {
  return {
    retryAfter: RETRY_AFTER,
    async run({ payload, attempt }, context) {
      const { workspace, done } = context;
      const [rows] = await workspace.read([
        statement(storedHubspotImport(String(payload.import_id))),
      ]);
      const [stored] = rowsOf<StoredHubspotImport>(rows);
      if (stored === undefined || ["completed", "failed"].includes(stored.status)) return;
      const account = await openAccount(context, { provider: "hubspot", userId: null });
      if (account === null) {
        const failed = hubspotImportFailed(stored, "HubSpot is not connected any more.");
        await workspace.write([statement(failed), done]);
        return;
      }
      const actor = actorOf(stored, context);
      const running = new Running(stored, {
        service: hubspot(context.env, account.access),
        reader: await readerOf(stored, actor),
        actor,
        signal: context.signal,
      });
      const next = await running.run(attempt > RETRY_AFTER.length);
      await workspace.write([...next === null ? [] : [statement(next)], done]);
    },
  };
}

// Whoever is no user any more has begun it all the same.
function actorOf(
  { user_id, role }: StoredHubspotImport,
  { workspace, asUser }: WorkContext,
): Workspace {
  return user_id === null || role === null ? workspace : asUser(user_id, role as UserRole);
}

interface Means {
  service: Service;
  reader: HubspotReader;
  actor: Workspace;
  signal: AbortSignal;
}

class Running {
  #at: StoredHubspotImport;

  constructor(
    readonly stored: StoredHubspotImport,
    readonly means: Means,
  ) {
    this.#at = stored;
  }

  /** Goes on with the import for a while; answers the query that sees to the rest, null for none. */
  async run(isLast: boolean): Promise<Sql | null> {
    const { id } = this.stored;
    try {
      return await this.#pages();
    } catch (error) {
      if (!(error instanceof ProviderFailed)) throw error;
      if (isFinal(error)) return hubspotImportFailed(this.#at, error.message);
      // What was done is not to be lost for an attempt.
      if (this.#at.processed_rows > this.stored.processed_rows) return nextPages(sql`${id}`, AGAIN);
      if (isLast) return hubspotImportFailed(this.#at, error.message);
      throw new RetryLater(error.message);
    }
  }

  async #pages(): Promise<Sql | null> {
    const { id, processed_rows: before } = this.stored;
    const end = performance.now() + MOST_MS;
    for (;;) {
      if (this.#at.processed_rows - before >= MOST_CONTACTS || performance.now() > end) {
        return nextPages(sql`${id}`);
      }
      this.means.signal.throwIfAborted();
      const { at, outcome } = await importedPage(this.#at, this.means);
      this.#at = at;
      if (outcome === "all") return null;
      if (outcome === "limited") return importPutOff(id, nextPages);
    }
  }
}

/** Whether HubSpot would refuse the same again, such as for its token. */
function isFinal({ status }: ProviderFailed): boolean {
  return status !== null && status >= 400 && status < 500 && !PASSING.has(status);
}
