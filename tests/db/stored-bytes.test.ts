import { createHash, randomBytes, randomUUID } from "node:crypto";
import { beforeAll, describe, expect, test } from "vitest";
import { sql, statement } from "../../shared/db/sql.ts";
import { Workspace } from "../../shared/db/workspace.ts";
import { removeWork } from "../../shared/files/remove-work.ts";
import { type FileStore, fileStore, pieceInsertion, sizing } from "../../shared/files/store.ts";
import { bucketOf } from "../../shared/providers/files/supabase-storage.ts";
import { apiDatabase } from "../support/as-role.ts";
import { storageApi } from "../support/providers/supabase-storage.ts";
import { asOwner, testWorkspace } from "../support/workspace.ts";

const MB = 1024 * 1024;
let id = "";

beforeAll(async () => {
  ({ id } = await testWorkspace());
});

function actingIn(workspaceId: string): Workspace {
  const actor = { kind: "key" as const, id: randomUUID() };
  const acting = { workspaceId, actor, scopes: [], requestId: randomUUID() };
  return new Workspace(apiDatabase(), acting);
}

/** A stream of these chunks, which fails at its end where there is an error. */
function streamOf(chunks: readonly Uint8Array[], error?: Error): ReadableStream<Uint8Array> {
  const left = [...chunks];
  return new ReadableStream({
    pull(controller) {
      const next = left.shift();
      if (next !== undefined) controller.enqueue(next);
      else if (error === undefined) controller.close();
      else controller.error(error);
    },
  });
}

async function bytesOf(store: FileStore, stored: string): Promise<Buffer | null> {
  const stream = await store.read(stored);
  return stream && Buffer.from(await new Response(stream).arrayBuffer());
}

const rows = (workspace = id) =>
  asOwner<{ id: string; bucket: string | null; is_kept: boolean }>(
    "select id, bucket, is_kept from crm.stored_bytes where workspace_id = $1 order by id",
    [workspace],
  );

describe.each(["the database", "a bucket"])("in %s", (place) => {
  async function world() {
    const workspace = await testWorkspace();
    const api = await storageApi();
    const env = place === "a bucket" ? api.env : {};
    const acting = actingIn(workspace.id);
    return { workspace, api, acting, env, store: fileStore(acting, env) };
  }

  test("bytes are read as they were written, and belong to their workspace", async () => {
    const { workspace, store, env } = await world();
    const given = randomBytes(1_300_001);
    const chunks = [given.subarray(0, 1), given.subarray(1, 1_100_000), given.subarray(1_100_000)];
    const stored = await store.write(streamOf(chunks));
    expect(stored.size).toBe(given.length);
    expect(Buffer.from(stored.hash)).toEqual(createHash("sha256").update(given).digest());
    expect(given.equals(await bytesOf(store, stored.id) ?? Buffer.alloc(0))).toBe(true);
    expect(await rows(workspace.id))
      .toEqual([{ id: stored.id, bucket: place === "a bucket" ? "files" : null, is_kept: false }]);
    expect(await fileStore(actingIn(id), env).read(stored.id)).toBeNull();
    const empty = await store.write(streamOf([]));
    expect([empty.size, await bytesOf(store, empty.id)]).toEqual([0, Buffer.alloc(0)]);
  });

  test("a stream that is cut leaves nothing, and fails as it did", async () => {
    const { workspace, api, store } = await world();
    const cut = streamOf([randomBytes(MB), randomBytes(10)], new Error("the sender has gone"));
    await expect(store.write(cut)).rejects.toThrow("the sender has gone");
    expect(await rows(workspace.id)).toEqual([]);
    expect(api.objects.size).toBe(0);
  });

  test("bytes go with their record's workspace, or when nobody keeps them", async () => {
    const { workspace, api, store, env, acting } = await world();
    const [kept, loose] = [
      await store.write(streamOf([Buffer.from("kept")])),
      await store.write(streamOf([Buffer.from("loose")])),
    ];
    await acting.write([statement(sql`select app.keep_bytes(${kept.id})`)]);
    await store.discard(kept.id);
    await asOwner(
      "update crm.stored_bytes set created_at = now() - interval '25 hours' where workspace_id = $1",
      [workspace.id],
    );
    await asOwner("select app.forget_loose_bytes()");
    expect(await rows(workspace.id)).toMatchObject([{ id: kept.id, is_kept: true }]);
    expect(await bytesOf(store, loose.id)).toBeNull();
    const jobs = await asOwner<{ payload: Record<string, unknown> }>(
      "select payload from crm.jobs where workspace_id = $1 and kind = 'files.remove'",
      [workspace.id],
    );
    const isInBucket = place === "a bucket";
    expect(jobs).toEqual(isInBucket ? [{ payload: { bucket: "files", ids: [loose.id] } }] : []);
    for (const job of jobs) {
      await removeWork.run(job as never, { workspace: acting, env } as never);
    }
    expect([...api.objects.keys()]).toEqual(isInBucket ? [`${workspace.id}/${kept.id}`] : []);
  });
});

test("bytes are kept once, and only when they are whole", async () => {
  const workspace = actingIn(id);
  const keep = async (bytes: string) => {
    const [answered] = await workspace.write([
      statement(sql`select app.keep_bytes(${bytes}) as size`),
    ]);
    return answered?.[0]?.size;
  };
  const { id: stored } = await fileStore(workspace, {}).write(streamOf([Buffer.from("abc")]));
  expect([await keep(stored), await keep(stored), await keep(randomUUID())]).toEqual([
    3,
    null,
    null,
  ]);
  const [[begun] = []] = await workspace.write([
    statement(sql`insert into crm.stored_bytes default values returning id`),
  ]);
  const half = String(begun?.id);
  await workspace.write([statement(pieceInsertion(half, 0, Buffer.from("ab")))]);
  expect(await keep(half)).toBeNull();
  expect(await fileStore(workspace, {}).read(half)).toBeNull();
  await workspace.write(
    [pieceInsertion(half, 1, Buffer.from("c")), sizing(half, 3)].map(statement),
  );
  expect(await bytesOf(fileStore(workspace, {}), half)).toEqual(Buffer.from("abc"));
});

describe("Supabase Storage", () => {
  test("gets its key, a path and the bytes; what goes wrong is told without secrets", async () => {
    const api = await storageApi();
    const account = { url: `${api.url}/`, serviceRoleKey: api.key, bucket: "files" };
    const bucket = bucketOf(account);
    await bucket.put("w/1", streamOf([Buffer.from("a"), Buffer.from("b")]));
    expect(api.seen[0]).toMatchObject({ method: "POST", path: "/storage/v1/object/files/w/1" });
    expect(api.seen[0]?.headers).toMatchObject({ apikey: api.key });
    expect(await new Response(await bucket.get("w/1")).text()).toBe("ab");
    await expect(bucket.get("w/2")).rejects.toMatchObject({ isMissing: true });
    await bucket.remove(["w/1", "w/2"]);
    expect(api.objects.size).toBe(0);
    const wrong = bucketOf({ ...account, serviceRoleKey: "secret-of-mine" });
    const failure = await wrong.get("w/1").catch((error: Error) => error);
    expect(failure).toMatchObject({ name: "StorageFailed", isMissing: false });
    expect(String(failure)).toMatch(/Supabase Storage answered 400 403\./);
    api.mishaps.push({ status: 500, body: "down" }, { cut: "before" });
    await expect(bucket.remove(["w/1"])).rejects.toThrow("Supabase Storage answered 500");
    await expect(bucket.remove(["w/1"])).rejects.toThrow("Supabase Storage did not answer.");
  });

  test("has so much time", async () => {
    const api = await storageApi();
    api.silent.add("w/1");
    const account = { url: api.url, serviceRoleKey: api.key, bucket: "files", timeoutMs: 50 };
    const bucket = bucketOf(account);
    await expect(bucket.get("w/1")).rejects.toThrow("Supabase Storage did not answer.");
    const never = new ReadableStream<Uint8Array>({ start: (to) => to.enqueue(Buffer.from("a")) });
    await expect(bucket.put("w/3", never)).rejects.toThrow("Supabase Storage did not answer.");
    expect(api.objects.size).toBe(0);
  });
});
