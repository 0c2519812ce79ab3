import { fileURLToPath } from "node:url";
import { startGateway } from "../../supabase/local/gateway-process.ts";
import { FUNCTIONS_ENVIRONMENT } from "../support/functions-environment.ts";
import { asOwner, databaseUrl } from "../support/workspace.ts";

/** In milliseconds. */
export const HOUR = 3_600_000;

/** Functions on a machine whose clock is wrong. */
export interface ShiftedGateway {
  url: string;
  /** The status of each answer so far, as logged. */
  statuses(): number[];
  stop(): Promise<void>;
}

/** Clocks that are wrong, by so many milliseconds. */
export const SKEWS: readonly [string, number][] = [
  ["an hour ahead", HOUR],
  ["an hour behind", -HOUR],
  ["a day ahead", 24 * HOUR],
  ["a day behind", -24 * HOUR],
];

const program = fileURLToPath(new URL("shifted-gateway.ts", import.meta.url));

/** Starts a gateway whose `Date` is wrong by so many milliseconds; its timers are not. */
export async function shiftedGateway(milliseconds: number): Promise<ShiftedGateway> {
  const lines: string[] = [];
  const env = {
    ...process.env,
    ...FUNCTIONS_ENVIRONMENT,
    CLOCK_SHIFT_MS: String(milliseconds),
  };
  const apiUrl = databaseUrl("apiUrl");
  const gateway = await startGateway({
    apiUrl,
    port: 0,
    env,
    program,
    onLine: (line) => lines.push(line),
  });
  return {
    url: `http://127.0.0.1:${gateway.port}`,
    statuses: () => lines.map((line) => Number(/"status":(\d+)/.exec(line)?.[1] ?? NaN)),
    stop: () => gateway.stop(),
  };
}

/** What `work` gives, and the database's time before and after it, in Unix milliseconds. */
export async function bracketed<T>(work: () => Promise<T>) {
  const now = async () => {
    const text = "select floor(extract(epoch from clock_timestamp()) * 1000)::float8 as now";
    return (await asOwner<{ now: number }>(text))[0]!.now;
  };
  const before = await now();
  const result = await work();
  return { before, result, after: await now() + 1 };
}
