import { beforeAll, expect, test } from "vitest";
import type { Json } from "../support/api-client.ts";
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

const CLOUD = {
  id: "1AbC-9_x",
  name: "Plan „Größe“.xlsx",
  mime_type: "application/vnd.google-apps.spreadsheet",
  web_url: "https://drive.google.com/file/d/1AbC-9_x/view",
};

function attach(subject: object, more: object = {}, { api } = world.admin) {
  return api.post("file/attach", { provider: "google_drive", file: CLOUD, ...subject, ...more });
}

async function listed(query: string, { api } = world.admin): Promise<Json[]> {
  return (await api.read(`file/list?${query}`)) as Json[];
}

test("a file of another service is attached to a record of each kind, once", async () => {
  const { admin: { api, number }, workspace } = world;
  const lead = await leadOf(api);
  const company = await api.made("company/add", { company_name: "Acme 7" });
  const contact = await api.made("contact/add", { name: "Jane", company_id: company.id });
  const { body: { data: deal } } = await workspace.api.post("v1-public-deals", {
    title: "Licence",
  });
  const [found] = await asOwner<{ number: string }>(
    "select number from crm.deals where id = $1",
    [deal.id],
  );
  const subjects = {
    lead: lead.id,
    contact: contact.id,
    company: company.id,
    deal: Number(found?.number),
  };
  for (const [subject_type, subject_id] of Object.entries(subjects)) {
    const first = await attach({ subject_type, subject_id });
    expect([first.status, first.body.data]).toEqual([201, {
      id: expect.any(Number),
      provider: "google_drive",
      subject_type,
      subject_id,
      category: "spreadsheet",
      file: CLOUD,
      created_by: number,
      created_at: TIME,
    }]);
    const again = await attach({ subject_type, subject_id });
    expect([again.status, again.body.data]).toEqual([200, first.body.data]);
    expect(await listed(`subject_type=${subject_type}&subject_id=${subject_id}`))
      .toEqual([first.body.data]);
  }
  const answers = await Promise.all(
    Array.from(
      { length: 5 },
      () => attach({ subject_type: "lead", subject_id: lead.id }, { provider: "box" }),
    ),
  );
  expect(answers.map(({ status }) => status).toSorted()).toEqual([200, 200, 200, 200, 201]);
});

test("a stored file is attached by its id, with a link to it", async () => {
  const { admin: { api }, user } = world;
  const lead = await leadOf(api);
  const name = "Photo ü.gif";
  const { status, body } = await sendForm(
    api,
    "storage-file/add",
    formOf({}, { name, content: GIF }),
  );
  expect([status, body.data]).toEqual([201, {
    id: expect.any(Number),
    file_name: name,
    mime_type: "image/gif",
    size: GIF.length,
    url: URL,
    created_at: TIME,
  }]);
  const { id } = body.data;
  const subject = { subject_type: "lead", subject_id: lead.id };
  const attached = await attach(subject, { provider: "storage", file: { id } });
  expect([attached.status, attached.body.data]).toEqual([
    201,
    expect.objectContaining({
      provider: "storage",
      category: "image",
      file: { id, name, mime_type: "image/gif", web_url: URL },
    }),
  ]);
  const answer = await download(attached.body.data.file.web_url);
  expect(GIF.equals(Buffer.from(await answer.arrayBuffer()))).toBe(true);
  const other = await lioWorld();
  const foreign = await other.admin.api.post("file/attach", {
    ...subject,
    subject_id: (await leadOf(other.admin.api)).id,
    provider: "storage",
    file: { id },
  });
  expectLioFields(foreign, 422, "file.id");
  const viewer = await user("viewer");
  const refused = await sendForm(viewer.api, "storage-file/add", formOf({}, { content: "x" }));
  expectLioError(refused, 403, "permission_error", "role");
});

test("attached files are listed by category and provider, as the record is seen", async () => {
  const { admin: { api }, user } = world;
  const rep = await user("rep");
  const { id } = await leadOf(api, { assigned_to: (await user("rep")).number });
  const subject = { subject_type: "lead", subject_id: id };
  const kinds: [string, string | null, string][] = [
    ["a.pdf", null, "pdf"],
    ["b", "image/png", "image"],
    ["c.docx", "application/octet-stream", "document"],
    ["d.pptx", null, "presentation"],
    ["e.mp3", null, "audio"],
    ["f", "video/mp4", "video"],
    ["g.tar.gz", null, "archive"],
    ["h", null, "other"],
  ];
  for (const [name, mime_type, category] of kinds) {
    const file = { id: name, name, mime_type };
    const { body } = await attach(subject, { provider: "dropbox", file });
    expect([name, body.data.category]).toEqual([name, category]);
  }
  await attach(subject);
  const query = `subject_type=lead&subject_id=${id}`;
  const names = async (more: string) =>
    (await listed(`${query}${more}`)).map(({ file }) => (file as Json).name);
  expect(await names("&category=audio")).toEqual(["e.mp3"]);
  expect(await names("&provider=google_drive")).toEqual([CLOUD.name]);
  expect(await names("&provider=box")).toEqual([]);
  expect(await names("&order_in=asc&limit=2&page=2")).toEqual(["c.docx", "d.pptx"]);
  expect(await listed(query, rep)).toEqual([]);
  expectLioFields(await attach(subject, {}, rep), 422, "subject_id");
  expect(await listed("subject_type=meeting&subject_id=1")).toEqual([]);
  expectLioFields(await api.get("file/list"), 400, "subject_type", "subject_id");
  expectLioFields(
    await api.get(`file/list?subject_type=user&subject_id=${id}&category=song&provider=ftp`),
    400,
    "subject_type",
    "category",
    "provider",
  );
});

test("what cannot be attached is told by field", async () => {
  const { id } = await leadOf(world.admin.api);
  const subject = { subject_type: "lead", subject_id: id };
  expectLioFields(await attach({ subject_type: "lead", subject_id: MISSING }), 422, "subject_id");
  expectLioFields(await attach({ subject_type: "meeting", subject_id: 1 }), 422, "subject_id");
  expectLioFields(
    await attach({ subject_type: "user", subject_id: "1" }, { provider: "ftp", file: {} }),
    422,
    "provider",
    "subject_type",
    "subject_id",
    "file.id",
  );
  expectLioFields(await attach(subject, { file: { id: "a" } }), 422, "file.name");
  for (const web_url of ["http://a.example", "https://", "javascript:alert(1)", "https://a b"]) {
    expectLioFields(await attach(subject, { file: { ...CLOUD, web_url } }), 422, "file.web_url");
  }
  for (const stored of ["x", MISSING, String(MISSING), "9".repeat(30)]) {
    const file = { id: stored };
    expectLioFields(await attach(subject, { provider: "storage", file }), 422, "file.id");
  }
});
