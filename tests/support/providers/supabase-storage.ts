import { randomUUID } from "node:crypto";
import { type Answered, type Seen, type StandIn, standIn } from "./stand-in.ts";

/** A local server that answers as Supabase Storage does for objects of one bucket. */
export interface StorageApi extends StandIn {
  bucket: string;
  key: string;
  /** What it holds, by path. */
  objects: Map<string, Buffer>;
  /** Paths that are never answered. */
  silent: Set<string>;
  /** What the functions are told to use it. */
  env: Record<string, string>;
}

const OBJECT = /^\/storage\/v1\/object\/([^/]+)\/(.+)$/;

/** Starts a stand-in that ends with the test. */
export async function storageApi(bucket = "files"): Promise<StorageApi> {
  const key = `service-role-${randomUUID()}`;
  const api: StorageApi = Object.assign(
    await standIn((request) => answered(api, request)),
    { bucket, key, objects: new Map(), silent: new Set<string>(), env: {} },
  );
  api.env = {
    SUPABASE_URL: api.url,
    SUPABASE_SERVICE_ROLE_KEY: key,
    LUMENBASE_STORAGE_BUCKET: bucket,
  };
  return api;
}

// Storage answers most errors with 400, and their own status in the body.
function refused(statusCode: string, error: string, message: string): Answered {
  return { status: 400, body: { statusCode, error, message } };
}

function answered(api: StorageApi, request: Seen): Answered | Promise<Answered> {
  const { method, path, headers, body } = request;
  if (headers.authorization !== `Bearer ${api.key}`) {
    return refused("403", "Unauthorized", "Invalid Compact JWS");
  }
  if (method === "DELETE" && path === `/storage/v1/object/${api.bucket}`) {
    const { prefixes } = JSON.parse(body.toString()) as { prefixes: string[] };
    const gone = prefixes.filter((name) => api.objects.delete(name));
    return { status: 200, body: gone.map((name) => ({ name, bucket_id: api.bucket })) };
  }
  const [, bucket, name = ""] = OBJECT.exec(path) ?? [];
  if (bucket === undefined) {
    return { status: 404, body: { message: `Route ${method}:${path} not found` } };
  }
  if (bucket !== api.bucket) return refused("404", "Bucket not found", "Bucket not found");
  if (api.silent.has(name)) return new Promise(() => {});
  if (method === "POST") return uploaded(api, name, request);
  const object = api.objects.get(name);
  if (object === undefined) return refused("404", "not_found", "Object not found");
  return { status: 200, body: object };
}

function uploaded(api: StorageApi, name: string, { headers, body }: Seen): Answered {
  if (api.objects.has(name) && headers["x-upsert"] !== "true") {
    return refused("409", "Duplicate", "The resource already exists");
  }
  api.objects.set(name, body);
  return { status: 200, body: { Key: `${api.bucket}/${name}`, Id: randomUUID() } };
}
