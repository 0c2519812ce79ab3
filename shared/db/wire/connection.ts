// @ts-types="@types/pg"
import pg from "pg";
import { Deadlines } from "../sharing/deadlines.ts";
import { isSafeNumber, LosslessNumber, parse } from "lossless-json";

const TIMESTAMPTZ = 1184;
const DATE = 1082;
const INT8 = 20;
const NUMERIC = 1700;
const JSONB = 3802;

const patience = new Deadlines(15_000);
/** How many times each connection has answered. */
const answers = new WeakMap<Connection, number>();

export type Connection = pg.PoolClient;

/** How to reach PostgreSQL as the API's role. */
export interface ConnectionOptions {
  /** `postgresql://…` of the role `lumenbase_api`, direct or through a pooler. */
  url: string;
  /** PEM of the authority that signed the server's certificate, when it is not a public one. */
  certificateAuthority?: string;
}

/** A client that pipelines, so a whole transaction is one network round trip. */
export class Client extends pg.Client {
  constructor(config?: pg.ClientConfig) {
    super({ ...config, pipeline: true, connectionTimeoutMillis: 5_000 } as pg.ClientConfig);
    // A failed socket is reported through the queries too; without a listener it ends the process.
    this.on("error", () => {});
  }
}

/**
 * What a client is made from. Timestamps come as RFC 3339 text in UTC with all six digits of the
 * fraction, dates as text, `numeric` as LosslessNumber.
 */
export function clientConfig({ url, certificateAuthority }: ConnectionOptions): pg.ClientConfig {
  return {
    ...(certificateAuthority
      ? { connectionString: withoutSslMode(url), ssl: { ca: certificateAuthority } }
      : { connectionString: url }),
    types: { getTypeParser },
  };
}

/**
 * Waits for what a connection was asked. One that answers nothing for 15 s is cut, or for 30 s at most
 * when it has answered another meanwhile: its server hangs, as one that works ends a statement after
 * 10 s by itself.
 */
export async function answered<T>(connection: Connection, answer: Promise<T>): Promise<T> {
  let before = answersOf(connection);
  let watched = patience.watch(late);
  function late(): void {
    const now = answersOf(connection);
    if (now === before) {
      return void connection.connection.stream.destroy(new Error("Query read timeout"));
    }
    before = now;
    watched = patience.watch(late);
  }
  try {
    return await answer;
  } finally {
    answers.set(connection, answersOf(connection) + 1);
    patience.end(watched);
  }
}

function answersOf(connection: Connection): number {
  return answers.get(connection) ?? 0;
}

function withoutSslMode(url: string): string {
  const parsed = new URL(url);
  parsed.searchParams.delete("sslmode");
  return parsed.href;
}

function getTypeParser(oid: number, format?: "text" | "binary"): (text: string) => unknown {
  if (oid === TIMESTAMPTZ) return rfc3339;
  if (oid === DATE) return (text) => text;
  if (oid === INT8) return Number;
  if (oid === NUMERIC) return (text) => new LosslessNumber(text);
  if (oid === JSONB) return (text) => parse(text, undefined, number);
  return pg.types.getTypeParser(oid, format as "text");
}

function number(digits: string): number | LosslessNumber {
  return isSafeNumber(digits) ? Number(digits) : new LosslessNumber(digits);
}

// PostgreSQL writes `2026-01-15 10:30:00.1234+00`: without the zeros at the end that a client sorting
// the texts needs, and with whole hours of offset, which RFC 3339 gives in full.
function rfc3339(text: string): string {
  // What nearly all are: UTC, with a fraction.
  if (text.length >= 24 && text.length <= 29 && text[19] === "." && text.endsWith("+00")) {
    return `${text.slice(0, 10)}T${text.slice(11, -3).padEnd(15, "0")}Z`;
  }
  const [, date, time, fraction = "", offset = "+00"] =
    /^(\S+) ([\d:]+)(?:\.(\d+))?([+-]\S+)$/.exec(text) ?? [];
  if (date === undefined) return text;
  const zone = offset === "+00" ? "Z" : offset.length === 3 ? `${offset}:00` : offset;
  return `${date}T${time}.${fraction.padEnd(6, "0")}${zone}`;
}
