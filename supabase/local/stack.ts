import { randomBytes } from "node:crypto";
import { SECRET } from "../../shared/http/require-secret.ts";
import { housekeep } from "./admin/housekeeping.ts";
import { demoConsole, demoKey } from "./demo.ts";
import { portProblem } from "./child-process.ts";
import { explainFolder, makeDataFolder } from "./data-folder.ts";
import { Failure } from "./failure.ts";
import { type Gateway, portTaken, startGateway } from "./gateway-process.ts";
import { apiLogin, apiLoginWorks, migrate } from "./migrate.ts";
import { checkDatabase, withClient } from "./owner-connection.ts";
import { dataDirectory } from "./paths.ts";
import { alreadyRunning, startPostgres } from "./postgres.ts";
import { serverUsage } from "./postgres-leftover.ts";
import { databaseName, readState, type StackState, updateState } from "./stack-state.ts";

/** How to run the stack, from the environment. */
export interface StackSettings {
  dataDir: string;
  port: number;
  /** Owner connection of a server of one's own; without it the embedded one is started. */
  databaseUrl: string | undefined;
  /** The functions' own connection to that server. */
  apiUrl: string | undefined;
  /** What the functions encrypt secrets with; without it one is made, and kept. */
  encryptionKey: string | undefined;
  watch: boolean;
}

/** What a start goes through: `say` reports progress, `later` registers what to undo. */
export interface StackRun {
  signal: AbortSignal;
  say(line: string): void;
  later(undo: () => Promise<void>): void;
}

/** A stack that serves requests. */
export interface Stack {
  /** Where the functions are served; ends in /functions/v1. */
  address: string;
  databaseUrl: string;
  key: string;
  /** The address of the console, at first one that signs in. */
  console: string;
  /** Rejects when a part of it ends by itself. */
  broken: Promise<never>;
}

/** Reads and checks the environment variables of the local stack. */
export function readSettings(env: NodeJS.ProcessEnv, watch: boolean): StackSettings {
  const text = env.PORT || "54321";
  if (!/^\d+$/.test(text) || Number(text) > 65_535) {
    throw new Failure(
      `PORT=${text} is not a port: give a number from 1 to 65535 (or 0 for any free port), for ` +
        "example `PORT=8080 npm start`.",
    );
  }
  if (env.LUMENBASE_WORKER_SECRET && !SECRET.test(env.LUMENBASE_WORKER_SECRET)) {
    throw new Failure(
      "LUMENBASE_WORKER_SECRET is not 32 or more characters without blanks: take such, or leave it " +
        "out, and one is made for this start.",
    );
  }
  const databaseUrl = env.DATABASE_URL || undefined;
  return {
    dataDir: dataDirectory(env),
    port: Number(text),
    databaseUrl,
    apiUrl: databaseUrl && (env.LUMENBASE_DATABASE_URL || undefined),
    encryptionKey: env.LUMENBASE_ENCRYPTION_KEY || undefined,
    watch,
  };
}

/** Starts everything in order; throws a Failure when a part cannot start. */
export async function startStack(settings: StackSettings, run: StackRun): Promise<Stack> {
  const { databaseUrl: external } = settings;
  await checkPort(settings);
  const database = external ? await useDatabase(external, settings) : await embedded(settings, run);
  run.signal.throwIfAborted();
  run.say("Applying migrations");
  await migrate(database.url, run.signal);
  await withClient(database.url, housekeep);
  run.say("Preparing the demo workspace");
  const { key, ...access } = await prepare(database.url, settings);
  run.signal.throwIfAborted();
  run.say("Starting the gateway");
  const { gateway, address } = await serve(database.url, settings, access, run);
  const broken = Promise.race([database.broken, gatewayEnd(gateway)]);
  const console = await withClient(database.url, (client) => demoConsole(client, address));
  return { address, databaseUrl: database.url, key, console, broken };
}

/** Starts the gateway, and notes where it listens for the commands that call the API. */
async function serve(
  databaseUrl: string,
  settings: StackSettings,
  { apiUrl, encryptionKey }: { apiUrl: string; encryptionKey: string },
  run: StackRun,
): Promise<{ gateway: Gateway; address: string }> {
  const env = { ...process.env, LUMENBASE_ENCRYPTION_KEY: encryptionKey };
  const { signal, say: onLine } = run;
  const gateway = await startGateway({
    ...settings,
    runsJobs: true,
    apiUrl,
    env,
    onLine,
    signal,
  });
  run.later(gateway.stop);
  const address = `http://127.0.0.1:${gateway.port}/functions/v1`;
  const name = databaseName(databaseUrl, settings.databaseUrl === undefined);
  const { addresses = {} } = await readState(settings.dataDir);
  await remember(settings.dataDir, { addresses: { ...addresses, [name]: address } });
  return { gateway, address };
}

async function checkPort({ port, dataDir, databaseUrl }: StackSettings): Promise<void> {
  const problem = port === 0 ? null : await portProblem(port);
  if (problem === null) return;
  if (problem === "EACCES") {
    throw new Failure(
      `Port ${port} is for root only: choose one above 1023, for example \`PORT=54321 npm start\`.`,
    );
  }
  const running = databaseUrl === undefined && (await serverUsage(dataDir)).kind === "held";
  throw running ? alreadyRunning(dataDir) : portTaken(port);
}

interface Database {
  url: string;
  broken: Promise<never>;
}

async function useDatabase(url: string, { dataDir }: StackSettings): Promise<Database> {
  await checkDatabase(url);
  // The demo key is kept here in this case too.
  await makeDataFolder(dataDir);
  return { url, broken: new Promise(() => {}) };
}

async function embedded({ dataDir }: StackSettings, run: StackRun): Promise<Database> {
  run.say(`Starting PostgreSQL 17 on ${dataDir}`);
  const server = await startPostgres({ dataDir, signal: run.signal });
  run.later(server.stop);
  const broken = server.stopped.then((log) => {
    throw new Failure(
      "PostgreSQL ended by itself, so everything was stopped: see the end of its log, then start " +
        `again.\n${log.trim()}`,
    );
  });
  // Whoever waits for it sees the rejection; a start that fails earlier stops the server itself.
  broken.catch(() => {});
  return { url: server.adminUrl, broken };
}

async function gatewayEnd(gateway: Gateway): Promise<never> {
  await gateway.stopped;
  throw new Failure(
    "The gateway ended by itself, so everything was stopped: see the lines above, then start again.",
  );
}

/** The functions' login, the demo key and the encryption key, kept in the state file. */
async function prepare(
  url: string,
  settings: StackSettings,
): Promise<{ apiUrl: string; key: string; encryptionKey: string }> {
  const { dataDir } = settings;
  const name = databaseName(url, settings.databaseUrl === undefined);
  const { apiUrls = {}, demoKeys = {}, encryptionKeys = {} } = await readState(dataDir);
  const apiUrl = settings.apiUrl ?? await keptLogin(url, apiUrls[name]);
  const key = await withClient(url, (client) => demoKey(client, demoKeys[name]));
  const encryptionKey = settings.encryptionKey ?? encryptionKeys[name] ??
    randomBytes(32).toString("base64");
  await remember(dataDir, {
    apiUrls: settings.apiUrl ? apiUrls : { ...apiUrls, [name]: apiUrl },
    demoKeys: { ...demoKeys, [name]: key },
    encryptionKeys: settings.encryptionKey
      ? encryptionKeys
      : { ...encryptionKeys, [name]: encryptionKey },
  });
  return { apiUrl, key, encryptionKey };
}

async function remember(dataDir: string, change: StackState): Promise<void> {
  await updateState(dataDir, change).catch((error) => {
    throw explainFolder(error, dataDir);
  });
}

async function keptLogin(url: string, kept: string | undefined): Promise<string> {
  return kept && await apiLoginWorks(kept) ? kept : await apiLogin(url);
}
