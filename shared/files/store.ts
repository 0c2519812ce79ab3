import { createHash } from "node:crypto";
import type { Workspace } from "../db/workspace.ts";
import { type Sql, sql, statement } from "../db/sql.ts";
import { rowsOf } from "../db/wire/rows.ts";
import { StorageFailed } from "../providers/files/storage-failed.ts";
import type { Bucket } from "../providers/files/supabase-storage.ts";
import { piecesOf } from "./pieces.ts";

export { StorageFailed };

/** How much is written, and read, of the database at once. */
const PIECE = 512 * 1024;

/** Bytes that were stored, and do not belong to a record yet. */
export interface StoredBytes {
  id: string;
  size: number;
  /** SHA-256. */
  hash: Uint8Array;
}

/** Where the bytes of files are: a bucket of Supabase Storage, else the database. */
export interface FileStore {
  /**
   * Stores bytes as they come, in little memory. Nothing is left of them when it throws, which it does with the
   * stream's own error where that fails. Until a record keeps them (SQL: app.keep_bytes) they are nobody's.
   */
  write(bytes: ReadableStream<Uint8Array>): Promise<StoredBytes>;
  /** Bytes as they are asked for, in little memory; null when there are none. Throws StorageFailed. */
  read(id: string): Promise<ReadableStream<Uint8Array> | null>;
  /** Removes bytes that no record keeps. */
  discard(id: string): Promise<void>;
}

type Env = Readonly<Record<string, string | undefined>>;

/**
 * The bucket for new files: null without `LUMENBASE_STORAGE_BUCKET`. Throws Error where that is set without
 * what opens it.
 */
async function configuredBucket(env: Env): Promise<Bucket | null> {
  const { LUMENBASE_STORAGE_BUCKET: bucket } = env;
  return bucket ? await bucketNamed(bucket, env) : null;
}

/** A bucket of the project. Throws Error without what opens it. */
export async function bucketNamed(bucket: string, env: Env): Promise<Bucket> {
  const { SUPABASE_URL: url, SUPABASE_SERVICE_ROLE_KEY: serviceRoleKey } = env;
  if (!url || !serviceRoleKey) {
    throw new Error("LUMENBASE_STORAGE_BUCKET needs SUPABASE_URL and SUPABASE_SERVICE_ROLE_KEY.");
  }
  const { bucketOf } = await import("../providers/files/supabase-storage.ts");
  return bucketOf({ url, serviceRoleKey, bucket });
}

/** Where bytes are in a bucket. */
export function pathOf({ id: workspaceId }: Pick<Workspace, "id">, id: string): string {
  return `${workspaceId}/${id}`;
}

/** The files of a workspace, for whoever acts in it. */
export function fileStore(workspace: Workspace, env: Env): FileStore {
  const discard = async (id: string) => {
    await workspace.write([
      statement(sql`delete from crm.stored_bytes where id = ${id} and not is_kept`),
    ]);
  };
  return {
    discard,
    read: (id) => read(workspace, env, id),
    async write(bytes) {
      const bucket = await configuredBucket(env);
      const [begun] = await workspace.write([statement(sql`
        insert into crm.stored_bytes (bucket) values (${bucket?.name ?? null}) returning id`)]);
      const [{ id } = { id: "" }] = rowsOf<{ id: string }>(begun);
      const source = new Measured(bytes);
      try {
        if (bucket === null) await writePieces(workspace, id, source.bytes);
        else await bucket.put(pathOf(workspace, id), source.bytes);
        await workspace.write([statement(sizing(id, source.size))]);
      } catch (error) {
        await source.stop();
        await discard(id).catch(() => {});
        throw source.failure ?? error;
      }
      return { id, size: source.size, hash: source.hash() };
    },
  };
}

/** The query that stores one piece of the bytes with an id in the database, for what is written over several runs. */
export function pieceInsertion(id: string, position: number, piece: Uint8Array): Sql {
  return sql`insert into crm.stored_pieces (bytes_id, position, piece)
    values (${id}, ${position}, ${piece})`;
}

/** The query that says of bytes that they are whole. */
export function sizing(id: string, size: number): Sql {
  return sql`update crm.stored_bytes set size = ${size} where id = ${id}`;
}

async function writePieces(
  workspace: Workspace,
  id: string,
  bytes: ReadableStream<Uint8Array>,
): Promise<void> {
  let position = 0;
  for await (const piece of piecesOf(bytes, PIECE)) {
    await workspace.write([statement(pieceInsertion(id, position++, piece))]);
  }
}

async function read(
  workspace: Workspace,
  env: Env,
  id: string,
): Promise<ReadableStream<Uint8Array> | null> {
  const [found, first] = await workspace.read([
    statement(sql`select bucket, size from crm.stored_bytes where id = ${id} and size is not null`),
    pieceAt(id, 0),
  ]);
  const [stored] = rowsOf<{ bucket: string | null; size: number }>(found);
  if (stored === undefined) return null;
  if (stored.bucket !== null) {
    const bucket = await bucketNamed(stored.bucket, env);
    return await bucket.get(pathOf(workspace, id));
  }
  let [next] = rowsOf<{ piece: Uint8Array }>(first);
  let left = Number(stored.size);
  let position = 0;
  return new ReadableStream<Uint8Array>({
    async pull(controller) {
      if (left === 0) return controller.close();
      if (next === undefined) throw new Error("a piece of a file is gone");
      left -= next.piece.byteLength;
      controller.enqueue(Uint8Array.from(next.piece));
      position++;
      if (left === 0) return controller.close();
      const [rows] = await workspace.read([pieceAt(id, position)]);
      [next] = rowsOf<{ piece: Uint8Array }>(rows);
    },
  }, { highWaterMark: 0 });
}

function pieceAt(id: string, position: number) {
  return statement(sql`
    select piece from crm.stored_pieces where bytes_id = ${id} and position = ${position}`);
}

/** A stream that knows what went through it, and its own error. */
class Measured {
  size = 0;
  failure: unknown = null;
  readonly bytes: ReadableStream<Uint8Array>;
  readonly #reader: ReadableStreamDefaultReader<Uint8Array>;
  readonly #hash = createHash("sha256");

  constructor(bytes: ReadableStream<Uint8Array>) {
    this.#reader = bytes.getReader();
    this.bytes = new ReadableStream({
      pull: async (controller) => {
        try {
          const { done, value } = await this.#reader.read();
          if (done) return controller.close();
          this.size += value.byteLength;
          this.#hash.update(value);
          controller.enqueue(value);
        } catch (error) {
          this.failure = error;
          throw error;
        }
      },
    }, { highWaterMark: 0 });
  }

  /** Lets go of what is left. */
  async stop(): Promise<void> {
    if (this.failure === null) await this.#reader.cancel().catch(() => {});
  }

  hash(): Uint8Array {
    return this.#hash.digest();
  }
}
