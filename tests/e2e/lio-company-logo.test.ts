import { beforeAll, expect, test } from "vitest";
import { expectLioError, expectLioFields, type LioWorld, lioWorld } from "../support/lio.ts";
import { download, formOf, GIF, sendForm } from "../support/lio-files.ts";
import { asOwner, eventually } from "../support/workspace.ts";

const PNG = Buffer.from(
  "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==",
  "base64",
);
const LINK = expect.stringContaining("/functions/v1/lio/files/") as unknown;
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

const logoOf = (content: BlobPart, name = "logo.gif") => ({
  field: "company_logo",
  name,
  content,
});

async function bytesAt(url: string): Promise<Buffer> {
  const answer = await download(url);
  expect([answer.status, answer.headers.get("content-disposition")]).toEqual([
    200,
    expect.stringMatching(/^inline/),
  ]);
  return Buffer.from(await answer.arrayBuffer());
}

test("a company is made with its logo, keeps it, and has another or none after a change", async () => {
  const { admin: { api } } = world;
  const fields = {
    company_name: "Logo & Söhne",
    rating: 4,
    city: "Köln",
    country: "",
    summary: "",
  };
  const made = await sendForm(api, "company/add", formOf(fields, logoOf(GIF)));
  expect(made.status, made.text).toBe(201);
  const { id } = made.body.data;
  expect(made.body.data).toMatchObject({
    company_name: "Logo & Söhne",
    rating: 4,
    city: "Köln",
    country: null,
    company_logo: LINK,
  });
  expect(GIF.equals(await bytesAt(made.body.data.company_logo))).toBe(true);

  const path = `company/update/${id}`;
  const kept = await api.done(path, {
    ...await api.read(`company/view/${id}`) as object,
    rating: 5,
  });
  expect(kept).toMatchObject({ rating: 5, company_logo: LINK });
  const other = await sendForm(api, path, formOf({}, logoOf(PNG, "logo.png")));
  expect(other.status, other.text).toBe(200);
  expect(other.body.data).toMatchObject({ rating: 5, city: "Köln", company_logo: LINK });
  expect(other.body.data.updated_at > kept.updated_at).toBe(true);
  expect(PNG.equals(await bytesAt(other.body.data.company_logo))).toBe(true);
  expect((await download(made.body.data.company_logo)).status).toBe(404);
  const [{ company_logo: listed } = { company_logo: null }] =
    (await api.read("company/list?search_value=söhne")) as { company_logo: string | null }[];
  expect(listed).toEqual(LINK);

  const plain = await sendForm(api, path, formOf({ city: "Bonn" }));
  expect(plain.body.data).toMatchObject({ city: "Bonn", company_logo: LINK });
  expect(await stored()).toBe(1);
  expect(await api.done(path, { company_logo: null })).toMatchObject({ company_logo: null });
  expect(await api.done(path, { company_logo: null })).toMatchObject({ company_logo: null });
  expect(await stored()).toBe(0);
});

test("a logo goes with its company", async () => {
  const { admin: { api } } = world;
  const form = formOf({ company_name: "Gone Ltd" }, logoOf(GIF));
  const { body } = await sendForm(api, "company/add", form);
  expect(await stored()).toBe(1);
  await api.delete(`company/delete/${body.data.id}`);
  expect(await stored()).toBe(0);
});

test("what is no picture, and all else that is wrong, is told at once, and nothing of it is kept", async () => {
  const { admin: { api } } = world;
  const add = (fields: Record<string, string | number>, file?: ReturnType<typeof logoOf>) =>
    sendForm(api, "company/add", formOf(fields, file));
  const wrong = await add(
    { rating: 6, website: "globex", country: "Atlantis", domain: "a.com", company_nmae: "x" },
    logoOf("<svg xmlns='http://www.w3.org/2000/svg'/>", "logo.svg"),
  );
  expect(wrong.status, wrong.text).toBe(422);
  const named = wrong.body.error.fields.map(({ field }: { field: string }) => field);
  expect(named.toSorted()).toEqual(
    ["company_logo", "company_name", "company_nmae", "country", "domain", "rating", "website"],
  );
  const name = { company_name: "Wrong Ltd" };
  expectLioFields(await add(name, logoOf(GIF, "logo.exe")), 422, "company_logo");
  expectLioFields(await add(name, logoOf(GIF.subarray(0, 8))), 422, "company_logo");
  expectLioFields(await add(name, logoOf("")), 422, "company_logo");
  expectLioFields(await add({ ...name, company_logo: "logo.gif" }), 422, "company_logo");
  expectLioFields(await add(name, { ...logoOf(GIF), field: "logo" }), 422, "logo");
  expectLioError(await add(name, logoOf(Buffer.alloc(6 * 1024 * 1024))), 413, "payload_too_large");

  const made = await add(name);
  expect(made.body.data).toMatchObject({ ...name, company_logo: null });
  const update = `company/update/${made.body.data.id}`;
  const taken = await add(name, logoOf(GIF));
  expectLioError(taken, 409, "conflict", "duplicate");
  expect(taken.body.error.existing_id).toBe(made.body.data.id);
  expectLioFields(await sendForm(api, update, new FormData()), 422, "body");
  expectLioFields(await sendForm(api, `${update}?x=1`, formOf({}, logoOf(GIF))), 400, "x");
  const missing = await sendForm(api, "company/update/999999999", formOf({}, logoOf(GIF)));
  expectLioError(missing, 404, "not_found");
  const foreign = await sendForm((await lioWorld()).admin.api, update, formOf({}, logoOf(GIF)));
  expectLioError(foreign, 404, "not_found");
  const viewer = await world.user("viewer");
  const refused = await sendForm(viewer.api, update, formOf({}, logoOf(GIF)));
  expectLioError(refused, 403, "permission_error", "role");
  await eventually(async () => await stored() === 0);
});

test("a form that is sent again under its key makes one company, with one logo", async () => {
  const { admin: { api } } = world;
  const send = (content: BlobPart) =>
    sendForm(api, "company/add", formOf({ company_name: "Once Ltd" }, logoOf(content)), {
      "Idempotency-Key": "logo 1",
    });
  const answers = await Promise.all([send(GIF), send(GIF), send(GIF)]);
  expect(answers.map(({ status }) => status)).toEqual([201, 201, 201]);
  expect(new Set(answers.map(({ body }) => body.data.id)).size).toBe(1);
  expectLioError(await send(PNG), 409, "conflict", "idempotency_key_reused");
  expect(await stored()).toBe(1);
  const id = Number(answers[0]?.body.data.id);
  const changes = await Promise.all(
    [GIF, PNG, GIF, PNG].map((content) =>
      sendForm(api, `company/update/${id}`, formOf({}, logoOf(content)))
    ),
  );
  expect(changes.map(({ status }) => status)).toEqual([200, 200, 200, 200]);
  expect(await stored()).toBe(1);
});
