// npm start, npm run dev: the whole product on this computer, until Ctrl-C.
import { join } from "node:path";
import { SERVED_APIS } from "./front-page.ts";
import { describeError } from "./failure.ts";
import { readSettings, type Stack, type StackSettings, startStack } from "./stack.ts";

const stop = new AbortController();
const undo: (() => Promise<void>)[] = [];
const say = (line: string) => console.log(line);

// Signals that come while stopping change nothing: what runs is stopped in order, once.
for (const name of ["SIGINT", "SIGTERM", "SIGHUP"] as const) {
  process.on(name, () => stop.abort());
}
stopWhenOrphaned();
// A terminal that was closed, or a reader such as `head` that has left, must not end the stop.
for (const stream of [process.stdout, process.stderr]) stream.on("error", () => {});

process.exit(await main());

async function main(): Promise<number> {
  let failure: unknown;
  try {
    const settings = readSettings(process.env, process.argv.includes("--watch"));
    const stack = await startStack(settings, {
      signal: stop.signal,
      say,
      later: (step) => undo.unshift(step),
    });
    say(welcome(stack, settings));
    await Promise.race([stack.broken, stopped()]);
  } catch (error) {
    failure = error;
  }
  if (stop.signal.aborted) {
    say("\nStopping");
    failure = undefined;
  }
  for (const step of undo) await step().catch((error) => console.error(describeError(error)));
  if (failure === undefined) return 0;
  console.error(`\n${describeError(failure)}`);
  return 1;
}

/** Stopping only npm ends the shell it runs scripts in, and no signal arrives here. */
function stopWhenOrphaned(): void {
  const parent = process.ppid;
  if (process.env.npm_lifecycle_event === undefined) return;
  setInterval(() => process.ppid === parent || stop.abort(), 250).unref();
}

function stopped(): Promise<void> {
  return new Promise((resolve) => {
    if (stop.signal.aborted) resolve();
    stop.signal.addEventListener("abort", () => resolve());
  });
}

function welcome(stack: Stack, settings: StackSettings): string {
  const { address: base, databaseUrl, key } = stack;
  const database = new URL(databaseUrl);
  const file = join(settings.dataDir, "stack.json");
  const secret = settings.databaseUrl ? "" : ` (password: see ${file})`;
  database.password = "";
  database.search = "";
  const references = SERVED_APIS.map(({ name, reference }) =>
    `  ${`${name} reference`.padEnd(24)}${base}${reference}`
  );
  const body = JSON.stringify({ email: "ada@example.com", first_name: "Ada", source: "curl" });
  return `
Lumenbase is running${settings.watch ? " and reloads when functions/ or shared/ change" : ""}.

  Base URL   ${base}
  Database   ${database.href}${secret}
  Demo key   ${key}
  Console    ${stack.console}

${references.join("\n")}

A first request:

curl -X POST ${base}/v1-public-contacts -H 'Authorization: Bearer ${key}' -H 'Content-Type: application/json' -d '${body}'

Ctrl-C stops everything; the data is kept.`;
}
