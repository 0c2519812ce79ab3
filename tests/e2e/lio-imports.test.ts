import { expect, test } from "vitest";
import { expectLioError, expectLioFields, lioWorld, TIME } from "../support/lio.ts";
import { importOf, sendImport } from "../support/lio-imports.ts";
import { leadOf } from "../support/lio-leads.ts";
import { textRow, workbookOf, zipOf } from "../support/xlsx-files.ts";

const JOB = {
  type: "lead_import",
  file_name: "leads.csv",
  updated_rows: 0,
  skipped_rows: 0,
  failed_rows: 0,
  errors: [],
  created_at: TIME,
};

test("each row of a file is a lead, in every field that its column is", async () => {
  const { admin } = await lioWorld();
  const text =
    "\ufeffFull Name;E-Mail;Phone;Company;Job Title;LinkedIn URL;ZIP;Status;Priority;Source;" +
    "Value;Tags;Notes;Plan (2026);Signed\r\n" +
    "Jane van Roe;jane@acme.com;+1 555 123 4567;Acme;CTO;https://linkedin.com/in/jane;00123;qualified;4;" +
    'Referral;1000.10;vip|new, hot;"Two\r\nlines; and a sign";007;2026-01-02\r\n\r\n' +
    ";bob@acme.com;;;;;;3;;;;;;;\r\n";
  const sent = await sendImport(admin.api, text, { tags: "fair, vip", assigned_to: admin.number });
  expect(sent.status, sent.text).toBe(201);
  expect(sent.body).toEqual({
    success: true,
    message: "Import started",
    data: {
      ...JOB,
      id: expect.any(Number),
      status: "pending",
      total_rows: 2,
      processed_rows: 0,
      created_rows: 0,
      created_by: admin.number,
      waits_until: null,
      started_at: null,
      finished_at: null,
    },
  });
  await expect.poll(async () => (await admin.api.read("import-job/list"))[0])
    .toEqual({
      ...sent.body.data,
      status: "completed",
      processed_rows: 2,
      created_rows: 2,
      started_at: TIME,
      finished_at: TIME,
    });
  const [bob, jane] = await admin.api.read("lead/list");
  expect(jane).toMatchObject({
    first_name: "Jane van",
    last_name: "Roe",
    email: "jane@acme.com",
    phone_number: "+15551234567",
    company: "Acme",
    job_title: "CTO",
    linkedin_url: "https://linkedin.com/in/jane",
    pin_code: "00123",
    status: 3,
    priority: 4,
    lead_source: 2,
    estimated_value: 1000.1,
    assigned_to: admin.number,
    tags: ["fair", "hot", "new", "vip"].map((name) => expect.objectContaining({ name })),
    notes: "Two\r\nlines; and a sign",
    custom_fields: { "Plan (2026)": "007", Signed: "2026-01-02" },
  });
  expect(bob).toMatchObject({ email: "bob@acme.com", status: 3, priority: 2, custom_fields: {} });
  const { body } = await admin.api.get("notification/list?type_id=4");
  expect(body.data).toMatchObject([{
    title: "The import of leads.csv is finished",
    subject_type: "import_job",
    subject_id: sent.body.data.id,
  }]);
});

test("a row that is wrong stops no other, and one whose lead is there is skipped", async () => {
  const { admin } = await lioWorld();
  const known = await leadOf(admin.api);
  const job = await importOf(
    admin.api,
    [
      "email,first_name,status,value,website",
      "a@b.example,Ann,,,",
      "nobody,Bob,,,",
      `${known.email.toUpperCase()},Other,,,`,
      "A@B.example,Again,,,",
      ",Nobody,,,",
      "c@b.example,Cy,Sold,1 000,no address",
      "d@b.example,Di,,,,more",
      "f@b.example,Fay,1,12.5,https://f.example",
    ].join("\n"),
  );
  expect(job).toMatchObject({
    total_rows: 8,
    processed_rows: 8,
    created_rows: 2,
    skipped_rows: 2,
    failed_rows: 4,
  });
  const at = job.errors.map(({ row, field }: { row: number; field: string }) => [row, field]);
  expect(at).toEqual([
    [3, "email"],
    [6, "email"],
    [7, "status"],
    [7, "estimated_value"],
    [7, "website"],
    [8, null],
  ]);
  expect(job.errors[0].message).toMatch(/^Must be an email address/);
  expect((await admin.api.read(`lead/view/${known.id}`)).first_name).toBe("Jane");
});

test("rows whose lead is there are merged into it, or made again, as is asked", async () => {
  const { admin } = await lioWorld();
  const known = await leadOf(admin.api, { tags: ["old"], city: "Oslo" });
  const text = `email,name,tags,city\n${known.email},Ann Lee,new,\n${known.email},Bea,,\n`;
  const [merged, created] = [
    await importOf(admin.api, text, { on_duplicate: "merge" }),
    await importOf(admin.api, text, { on_duplicate: "create" }),
  ];
  expect(merged).toMatchObject({ updated_rows: 2, created_rows: 0, skipped_rows: 0 });
  expect(await admin.api.read(`lead/view/${known.id}`)).toMatchObject({
    first_name: "Bea",
    city: "Oslo",
    tags: [{ name: "new" }, { name: "old" }],
  });
  expect(created).toMatchObject({ updated_rows: 0, created_rows: 2 });
  expect((await admin.api.get("lead/list")).body.total).toBe(3);
});

test("a mapping says what columns are; a workbook is read as a text is", async () => {
  const { admin } = await lioWorld();
  const file = zipOf(workbookOf({
    rows: textRow("Mail 1", "Who", "Left out", "Plan") + textRow("x@y.example", "Xi", "-", "0042"),
  }));
  const mapping = { "Mail 1": "email", Who: "last_name", Plan: "custom_fields.plan" };
  const job = await importOf(admin.api, file, { mapping: JSON.stringify(mapping) });
  expect(job).toMatchObject({ total_rows: 1, created_rows: 1, errors: [] });
  const [lead] = await admin.api.read("lead/list");
  expect(lead).toMatchObject({
    email: "x@y.example",
    first_name: null,
    last_name: "Xi",
    custom_fields: { plan: "0042" },
  });
  expect(lead.custom_fields).toEqual({ plan: "0042" });
});

test("what cannot be imported is refused by field, and leaves nothing", async () => {
  const { admin } = await lioWorld();
  const send = (content: string | Buffer, fields = {}) => sendImport(admin.api, content, fields);
  const good = "email\na@b.example\n";
  for (const content of ["", "\n\n", ";;;\na;b", "\x89PNG\r\n\x1a\n\0", 'a,b\n"c']) {
    expectLioFields(await send(Buffer.from(content, "latin1")), 422, "file");
  }
  expectLioFields(await send(`email\n${"a@b.example\n".repeat(50_001)}`), 422, "file");
  expectLioFields(
    await send(good, {
      mapping: "[]",
      on_duplicate: "ask",
      assigned_to: "me",
      tags: "x".repeat(65),
      a: 1,
    }),
    422,
    "mapping",
    "on_duplicate",
    "assigned_to",
    "tags",
    "a",
  );
  expectLioFields(await send(good, { mapping: '{"email": "mail"}' }), 422, "mapping");
  expectLioFields(await send(good, { mapping: '{"Mail": "email"}' }), 422, "mapping");
  expectLioFields(await send(good, { assigned_to: 999_999_999 }), 422, "assigned_to");
  expectLioError(await send(Buffer.alloc(10 * 1024 * 1024 + 1, "a")), 413, "payload_too_large");
  expect((await admin.api.get("import-job/list")).body.total).toBe(0);
});

test("Reps and Viewers import nothing; an import is of its organisation", async () => {
  const { admin, user } = await lioWorld();
  for (const role of ["rep", "viewer"] as const) {
    const { api } = await user(role);
    expectLioError(await sendImport(api, "email\na@b.example\n"), 403, "permission_error", "role");
  }
  const { api } = await user("manager");
  await importOf(api, "email\na@b.example\n");
  expect((await admin.api.get("import-job/list")).body.total).toBe(1);
  const other = (await lioWorld()).admin;
  expect((await other.api.get("import-job/list")).body.total).toBe(0);
  expectLioFields(await admin.api.get("import-job/list?type=leads"), 400, "type");
});
