import { isPostgresError } from "../db/errors.ts";

/** What is logged of a request: no payload, no secret. */
export interface RequestLog {
  request_id: string;
  function: string;
  method: string;
  status: number;
  /** Error code of the answer. */
  code?: string | undefined;
  workspace_id?: string | undefined;
  key_id?: string | undefined;
  /** Milliseconds from request to answer, and of these spent waiting for the database. */
  ms: number;
  db_ms: number;
}

/** Writes one JSON line for a request; an unexpected error goes along. */
export function logRequest(entry: RequestLog, cause?: unknown): void {
  const line = {
    time: new Date().toISOString(),
    ...entry,
    ...(cause ? { error: describe(cause) } : {}),
  };
  if (entry.status >= 500) console.error(JSON.stringify(line));
  else console.log(JSON.stringify(line));
}

/** What is logged of a job that was run: no payload, no secret. */
export interface JobLog {
  job_id: string;
  kind: string;
  workspace_id: string;
  attempt: number;
  outcome: string;
  ms: number;
}

/** Writes one JSON line for a job that was run, with the kind of what it threw. */
export function logJob(entry: JobLog, cause?: unknown): void {
  const error = cause === undefined ? {} : { error: cause instanceof Error ? cause.name : "Error" };
  console.log(JSON.stringify({ time: new Date().toISOString(), ...entry, ...error }));
}

/** Writes one JSON line about a part that does not work. */
export function logTrouble(part: string, reason: string): void {
  console.error(JSON.stringify({ time: new Date().toISOString(), trouble: part, reason }));
}

// PostgreSQL's message and detail may quote the values of a row.
function describe(cause: unknown): unknown {
  if (isPostgresError(cause)) {
    return { sqlstate: cause.code, constraint: cause.constraint, stack: frames(cause) };
  }
  if (cause instanceof Error) return { message: cause.message, stack: frames(cause) };
  return String(cause);
}

function frames(error: Error): string[] {
  return (error.stack ?? "").split("\n").filter((line) => /^\s+at /.test(line)).map((line) =>
    line.trim()
  );
}
