import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { inject } from "vitest";
import { apiLogin } from "../../supabase/local/migrate.ts";
import { type Postgres, startPostgres } from "../../supabase/local/postgres.ts";
import { startCopy } from "../support/cluster-template.ts";
import { afterwards, useDatabase } from "../support/workspace.ts";

/** A PostgreSQL of one test that dies and comes back with its data, at the same address. */
export interface RestartingPostgres {
  apiUrl: string;
  kills: number;
  /** Ends it as `signal` does, lets it be away for a while and starts it again. */
  kill(signal: "SIGKILL" | "SIGQUIT"): Promise<void>;
}

const AWAY_MS = 300;

/** Starts one, on which the test then works. */
export async function restartingPostgres(): Promise<RestartingPostgres> {
  const dataDir = await mkdtemp(join(tmpdir(), "lumenbase-faults-"));
  afterwards(() => rm(dataDir, { recursive: true, force: true }));
  let postgres: Postgres = await startCopy(inject("clusterTemplate"), dataDir);
  afterwards(() => postgres.stop());
  const apiUrl = await apiLogin(postgres.adminUrl);
  afterwards(useDatabase(postgres.adminUrl, apiUrl));
  const port = Number(new URL(postgres.adminUrl).port);
  let restarting: Promise<void> | null = null;
  const restart = async (signal: NodeJS.Signals) => {
    const [pid] = (await readFile(join(dataDir, "pg/postmaster.pid"), "utf8")).split("\n");
    process.kill(Number(pid), signal);
    await postgres.stopped;
    await sleep(AWAY_MS);
    postgres = await startPostgres({ dataDir, port });
    restarting = null;
  };
  const result: RestartingPostgres = {
    apiUrl,
    kills: 0,
    kill(signal) {
      if (restarting !== null) return restarting;
      result.kills++;
      restarting = restart(signal);
      return restarting;
    },
  };
  return result;
}
