import { request } from "node:http";
import { beforeAll, expect, inject, test } from "vitest";
import { testGateway } from "../support/gateway.ts";
import { expectLioError, LioClient, type LioWorld, lioWorld } from "../support/lio.ts";
import { download, formOf, GIF, sendForm } from "../support/lio-files.ts";
import { leadOf } from "../support/lio-leads.ts";
import { storageApi } from "../support/providers/supabase-storage.ts";
import { asOwner, eventually } from "../support/workspace.ts";

const MB = 1024 * 1024;
const PIECE = Buffer.alloc(MB, "x");
const HEAD = '--xYz\r\nContent-Disposition: form-data; name="file"; filename="a.bin"\r\n\r\n';
let world: LioWorld;

beforeAll(async () => {
  world = await lioWorld();
});

const stored = async () =>
  Number(
    (await asOwner<{ count: string }>(
      "select count(*) from crm.stored_bytes where workspace_id = $1",
      [world.workspace.id],
    ))[0]?.count,
  );

/** Begins an upload, whose body the test writes. */
function begun(headers: Record<string, string | number>, at = inject("gatewayUrl")) {
  const sending = request(`${at}/functions/v1/lio/api/storage-file/add`, {
    method: "POST",
    headers: {
      authorization: `Bearer ${world.admin.api.key}`,
      "content-type": "multipart/form-data; boundary=xYz",
      ...headers,
    },
  });
  const answer = new Promise<{ status: number; text: string } | null>((resolve) => {
    sending.on("error", () => resolve(null));
    sending.on("response", async (response) => {
      const chunks: Buffer[] = [];
      for await (const chunk of response) chunks.push(chunk as Buffer);
      resolve({ status: response.statusCode ?? 0, text: Buffer.concat(chunks).toString() });
    });
  });
  return { sending, answer };
}

test("a body that says it is too large is refused before it comes", async () => {
  const { sending, answer } = begun({ "content-length": 26 * MB });
  sending.flushHeaders();
  expect(await answer).toMatchObject({ status: 413 });
  sending.destroy();
  expect(await stored()).toBe(0);
});

test("a body without a length is refused once it is too large, and nothing of it is kept", async () => {
  const { sending, answer } = begun({ "transfer-encoding": "chunked" });
  sending.write(HEAD);
  for (let sent = 0; sent < 24; sent++) {
    const taken = new Promise((resolve) => sending.write(PIECE, () => resolve("taken")));
    expect(await Promise.race([taken, answer])).toBe("taken");
  }
  // The pieces that make it too large are sent without waiting: whoever refused them need not take them all.
  sending.write(PIECE);
  sending.write(PIECE);
  expect(await answer).toMatchObject({ status: 413 });
  sending.destroy();
  await eventually(async () => await stored() === 0);
});

test("an upload that is cut leaves nothing", async () => {
  const { sending, answer } = begun({ "content-length": 10 * MB });
  sending.write(HEAD);
  sending.write(PIECE);
  await eventually(async () => await stored() === 1);
  sending.destroy();
  expect(await answer).toBeNull();
  await eventually(async () => await stored() === 0);
});

test("where Supabase Storage is configured, files are kept there, or refused while it is away", async () => {
  const storage = await storageApi();
  const { url } = await testGateway(storage.env);
  const api = new LioClient(url, world.admin.api.key);
  const { id } = await leadOf(world.admin.api);
  const add = () =>
    sendForm(api, "lead/document/add", formOf({ lead_id: id }, { name: "a.gif", content: GIF }));
  const { status, text, body } = await add();
  expect(status, text).toBe(201);
  const [[path, object] = []] = [...storage.objects];
  expect(path).toMatch(new RegExp(`^${world.workspace.id}/[0-9a-f-]{36}$`));
  expect(object?.equals(GIF)).toBe(true);
  const answer = await download(body.data.url, url);
  expect([answer.status, answer.headers.get("content-type")]).toEqual([200, "image/gif"]);
  expect(GIF.equals(Buffer.from(await answer.arrayBuffer()))).toBe(true);

  storage.mishaps.push({ status: 500, body: "down" });
  expectLioError(await add(), 503, "service_unavailable");
  storage.mishaps.push({ cut: "before" });
  expectLioError(await add(), 503, "service_unavailable");
  storage.mishaps.push({ status: 500, body: "down" });
  expect((await download(body.data.url, url)).status).toBe(503);
  storage.objects.clear();
  expect((await download(body.data.url, url)).status).toBe(404);
  const kept = await asOwner<{ is_kept: boolean }>(
    "select is_kept from crm.stored_bytes where workspace_id = $1",
    [world.workspace.id],
  );
  expect(kept).toEqual([{ is_kept: true }]);
});
