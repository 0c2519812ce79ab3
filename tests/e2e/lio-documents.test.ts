import { randomBytes } from "node:crypto";
import { beforeAll, expect, test } from "vitest";
import { expectLioError, expectLioFields, type LioWorld, lioWorld, TIME } from "../support/lio.ts";
import { download, formOf, GIF, sendForm } from "../support/lio-files.ts";
import { leadOf } from "../support/lio-leads.ts";
import { asOwner } from "../support/workspace.ts";

const MISSING = 999_999_999;
const URL = expect.stringContaining("/functions/v1/lio/files/") as unknown;
let world: LioWorld;

beforeAll(async () => {
  world = await lioWorld();
});

const add = (form: FormData, headers?: Record<string, string>) =>
  sendForm(world.admin.api, "lead/document/add", form, headers);

const bytesStored = async () =>
  Number(
    (await asOwner<{ count: string }>(
      "select count(*) from crm.stored_bytes where workspace_id = $1",
      [world.workspace.id],
    ))[0]?.count,
  );

test("a document is kept with its lead, and its address gives the same bytes to anybody", async () => {
  const { admin: { api, number } } = world;
  const { id } = await leadOf(api);
  // Bytes at random alone would now and then begin as a song does, or a picture.
  const content = Buffer.concat([Buffer.from("of no type"), randomBytes(700_000)]);
  const fields = { document_type: "offer", description: "Größe 日本", lead_id: id };
  const { status, body, text } = await add(formOf(fields, { name: "A/Angebot „1“.bin", content }));
  expect(status, text).toBe(201);
  expect(body).toEqual({ success: true, message: "Document added", data: expect.anything() });
  const { data } = body;
  expect(data).toEqual({
    id: expect.any(Number),
    lead_id: id,
    file_name: "Angebot „1“.bin",
    mime_type: "application/octet-stream",
    size: content.length,
    document_type: "offer",
    description: "Größe 日本",
    url: URL,
    created_by: number,
    created_at: TIME,
  });
  const answer = await download(data.url);
  expect(answer.status).toBe(200);
  expect(content.equals(Buffer.from(await answer.arrayBuffer()))).toBe(true);
  expect(Object.fromEntries(answer.headers)).toMatchObject({
    "content-type": "application/octet-stream",
    "content-length": String(content.length),
    "content-disposition":
      "attachment; filename=\"Angebot _1_.bin\"; filename*=UTF-8''Angebot%20%E2%80%9E1%E2%80%9C.bin",
    "x-content-type-options": "nosniff",
    "content-security-policy": "default-src 'none'; sandbox",
  });
  expect(await api.read(`lead/view/${id}`)).toMatchObject({ last_activity_at: data.created_at });
  const { body: list } = await api.get(`lead/document/list?lead_id=${id}`);
  expect(list).toMatchObject({ total: 1, page: 1, limit: 10 });
  expect(list.data).toEqual([{ ...data, url: URL }]);
  const [happened] = await api.read(`feed/list?model_type=lead&model_id=${id}`);
  expect(happened).toMatchObject({
    event: "document_added",
    title: "Document added: Angebot „1“.bin",
    model_id: id,
    user_id: number,
  });
});

test("what a browser would run is saved, never shown; a picture may be shown", async () => {
  const { id } = await leadOf(world.admin.api);
  const sent: [string, BlobPart, string, string][] = [
    ["page.html", "<script>alert(1)</script>", "text/html", "attachment"],
    ["a.svg", "<svg onload='alert(1)'/>", "image/svg+xml", "attachment"],
    ["b.svg", "<?xml version='1.0'?><svg/>", "image/svg+xml", "attachment"],
    ["photo.png", "<html>", "application/octet-stream", "attachment"],
    ["offer.docx", "%PDF-1.7\n", "application/pdf", "attachment"],
    ["a.csv", "a,b\n", "text/csv", "attachment"],
    ["x", GIF, "image/gif", "inline"],
  ];
  for (const [name, content, type, disposition] of sent) {
    const { body } = await add(formOf({ lead_id: id }, { name, content }));
    expect([name, body.data.mime_type]).toEqual([name, type]);
    const answer = await download(body.data.url);
    expect([name, answer.headers.get("content-type")]).toEqual([name, type]);
    expect(answer.headers.get("content-disposition")?.split(";")[0]).toBe(disposition);
    await answer.body?.cancel();
  }
});

test("what is wrong with a document is told by field, and leaves nothing", async () => {
  const { id } = await leadOf(world.admin.api);
  const before = await bytesStored();
  const content = "x";
  expectLioFields(await add(formOf({}, { content })), 422, "lead_id");
  expectLioFields(await add(formOf({ lead_id: id })), 422, "file");
  expectLioFields(await add(formOf({ lead_id: id, file: "text" })), 422, "file");
  expectLioFields(await add(formOf({ lead_id: id }, { content: "", name: "a.txt" })), 422, "file");
  expectLioFields(await add(formOf({ lead_id: MISSING }, { content })), 422, "lead_id");
  expectLioFields(
    await add(formOf({ lead_id: "x", lead_idd: 1, document_type: "x".repeat(51) }, { content })),
    422,
    "lead_id",
    "document_type",
    "lead_idd",
  );
  for (const name of ["a.EXE", "b/run.sh", "a.exe. .", "evil\u202egnp.js", "\u0000x.ps1"]) {
    expectLioFields(await add(formOf({ lead_id: id }, { content, name })), 422, "file");
  }
  const twice = formOf({ lead_id: id }, { content });
  twice.append("lead_id", "7");
  twice.append("file", new Blob(["y"]), "y.txt");
  expectLioFields(await add(twice), 422, "lead_id", "file");
  const asFile = formOf({ lead_id: id }, { content });
  asFile.append("description", new Blob(["y"]), "y.txt");
  expectLioFields(await add(asFile), 422, "description");
  const long = await add(formOf({ lead_id: id, description: "x".repeat(70_000) }, { content }));
  expectLioError(long, 413, "payload_too_large");
  const json = await world.admin.api.post("lead/document/add?unknown=1", { lead_id: id });
  expectLioFields(json, 400, "unknown");
  expect(await bytesStored()).toBe(before);
});

test("a form sent twice under one key makes one document, whatever its boundary", async () => {
  const { admin: { api } } = world;
  const { id } = await leadOf(api);
  const form = (content: string) => formOf({ lead_id: id }, { content });
  const key = { "Idempotency-Key": `document of ${id}` };
  const before = await bytesStored();
  const answers = await Promise.all([add(form("a"), key), add(form("a"), key)]);
  expect(answers.map(({ status }) => status)).toEqual([201, 201]);
  expect(answers[0]?.text).toBe(answers[1]?.text);
  expect(answers.map(({ headers }) => headers.get("idempotency-replayed")).toSorted())
    .toEqual(["true", null].toSorted());
  expectLioError(await add(form("b"), key), 409, "conflict", "idempotency_key_reused");
  expect(await bytesStored()).toBe(before + 1);
});

test("a Rep sees and adds documents of the own leads alone, a Viewer adds none", async () => {
  const { admin: { api }, user } = world;
  const [rep, viewer] = [await user("rep"), await user("viewer")];
  const [theirs, own] = [
    await leadOf(api, { assigned_to: (await user("rep")).number }),
    await leadOf(api, { assigned_to: rep.number }),
  ];
  for (const { id } of [theirs, own]) await add(formOf({ lead_id: id }, { content: "x" }));
  const total = async (id: number, as = rep) =>
    (await as.api.get(`lead/document/list?lead_id=${id}`)).body.total;
  expect([await total(theirs.id), await total(own.id)]).toEqual([0, 1]);
  expect(await total(theirs.id, viewer)).toBe(1);
  const sent = (as: typeof rep, id: number) =>
    sendForm(as.api, "lead/document/add", formOf({ lead_id: id }, { content: "x" }));
  expectLioFields(await sent(rep, theirs.id), 422, "lead_id");
  expect((await sent(rep, own.id)).body.data).toMatchObject({ created_by: rep.number });
  expectLioError(await sent(viewer, own.id), 403, "permission_error", "role");
  expectLioFields(await api.get("lead/document/list"), 400, "lead_id");
});
