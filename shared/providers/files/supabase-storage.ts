import { isStorageError, StorageClient } from "@supabase/storage-js";
import { StorageFailed } from "./storage-failed.ts";

/** For a whole upload, and for a download until it begins. */
const TIMEOUT_MS = 60_000;

/** Where Supabase Storage is, and the bucket in it. */
export interface StorageAccount {
  /** The project's, such as `https://<project>.supabase.co`. */
  url: string;
  serviceRoleKey: string;
  bucket: string;
  /** For tests. */
  timeoutMs?: number;
}

/** Objects of one bucket of Supabase Storage, by their paths. */
export interface Bucket {
  readonly name: string;
  /** Writes an object as its bytes come; nothing is there when it throws before their end. Throws StorageFailed. */
  put(path: string, bytes: ReadableStream<Uint8Array>): Promise<void>;
  /** The bytes of an object, as they come. Throws StorageFailed. */
  get(path: string): Promise<ReadableStream<Uint8Array>>;
  /** Removes objects; those that are not there are passed over. Throws StorageFailed. */
  remove(paths: readonly string[]): Promise<void>;
}

/** The bucket, through Supabase's own client. */
export function bucketOf(account: StorageAccount): Bucket {
  const { url, serviceRoleKey: key, bucket, timeoutMs = TIMEOUT_MS } = account;
  const headers = { apikey: key, authorization: `Bearer ${key}` };
  const open = () => {
    const time = new AbortController();
    const timer = setTimeout(() => time.abort(), timeoutMs);
    const ended = () => clearTimeout(timer);
    const inTime: typeof fetch = (input, init) => fetch(input, { ...init, signal: time.signal });
    const client = new StorageClient(`${url.replace(/\/+$/, "")}/storage/v1`, headers, inTime);
    return { objects: client.from(bucket), ended };
  };
  const done = async <T>(work: (objects: ReturnType<typeof open>["objects"]) => Answer<T>) => {
    const { objects, ended } = open();
    try {
      const { data, error } = await work(objects);
      if (error === null && data !== null) return data;
      throw error;
    } catch (error) {
      throw failed(error);
    } finally {
      ended();
    }
  };
  return {
    name: bucket,
    async put(path, bytes) {
      const type = "application/octet-stream";
      await done((objects) => objects.upload(path, bytes, { contentType: type }));
    },
    get: (path) => done<ReadableStream<Uint8Array>>((objects) => objects.download(path).asStream()),
    async remove(paths) {
      await done((objects) => objects.remove([...paths]));
    },
  };
}

/** What an answer that is an error says. */
interface Told {
  status: number;
  statusCode: string;
}

type Answer<T> = PromiseLike<{ data: T | null; error: unknown }>;

function failed(error: unknown): StorageFailed {
  const { status, statusCode: code = "" } = isStorageError(error) ? error as Partial<Told> : {};
  const isMissing = status === 404 || code === "404" || code === "NoSuchKey";
  const reason = status === undefined ? "did not answer" : `answered ${status} ${code}`.trim();
  return new StorageFailed(`Supabase Storage ${reason}.`, isMissing, { cause: error });
}
