import { type Answer, Connection } from "./connection.ts";

/** Connections of every measured load. */
export const CONNECTIONS = 16;

/** Requests to one server, and what their answers must hold. */
export interface Target {
  port: number;
  /** The n-th request, as text of HTTP/1.1. */
  request(n: number): string;
  /** Throws unless the answer is the right one for the n-th request. */
  check(n: number, status: number, body: unknown): void;
}

/** What a load came to. */
export interface Load {
  answers: number;
  /** Answers a second. */
  rate: number;
  /** Milliseconds to an answer: the median, and what 99 in 100 stayed below. */
  median: number;
  p99: number;
}

/**
 * Sends requests over these connections, on each the next as soon as the last is answered. The
 * answers are checked when the time is over, so that checking costs nothing of it; `from` numbers
 * the first request.
 */
export async function load(
  target: Target,
  connections: readonly Connection[],
  milliseconds: number,
  from = 0,
): Promise<Load> {
  const answers: [n: number, answer: Answer][] = [];
  const times: number[] = [];
  const started = performance.now();
  let next = from;
  const run = async (connection: Connection) => {
    let sent = performance.now();
    while (sent - started < milliseconds) {
      const n = next++;
      const answer = await connection.send(target.request(n));
      const now = performance.now();
      answers.push([n, answer]);
      times.push(now - sent);
      sent = now;
    }
  };
  await Promise.all(connections.map(run));
  const seconds = (performance.now() - started) / 1000;
  for (const [n, { status, body }] of answers) target.check(n, status, parse(body));
  times.sort((a, b) => a - b);
  const part = (share: number) => times[Math.floor(times.length * share)] ?? NaN;
  return {
    answers: times.length,
    rate: times.length / seconds,
    median: part(0.5),
    p99: part(0.99),
  };
}

/** Opens connections to a port. */
export function connectionsTo(port: number, count: number): Promise<Connection[]> {
  return Promise.all(Array.from({ length: count }, () => Connection.open(port)));
}

/** Sends the first request of a target once, and answers what came back. */
export async function once(target: Target, n = 0): Promise<unknown> {
  const connection = await Connection.open(target.port);
  const { status, body } = await connection.send(target.request(n));
  connection.close();
  const parsed = parse(body);
  target.check(n, status, parsed);
  return parsed;
}

function parse(body: Buffer): unknown {
  try {
    return JSON.parse(body.toString());
  } catch {
    return body.toString();
  }
}
