import { expect, test } from "vitest";
import { expectLioError, expectLioFields, lioWorld, TIME } from "../support/lio.ts";
import { exportOf, someExport } from "../support/lio-exports.ts";
import { leadOf, person } from "../support/lio-leads.ts";
import { companiesOf } from "../support/lio-people.ts";
import { asOwner } from "../support/workspace.ts";

const LEAD_COLUMNS =
  "id,first_name,last_name,email,phone_number,company,job_title,status,priority,lead_source,score," +
  "estimated_value,assigned_to,tags,city,state,country,created_at";

test("leads are exported as a file, and who asked is told", async () => {
  const { workspace, admin } = await lioWorld();
  const own = { budget: 12.5, "a,b": "x", list: ["y", "z"], on: true };
  const jane = await leadOf(admin.api, {
    last_name: "=1+1",
    phone_number: "+1 555 123 4567",
    company: "Acme, Inc.",
    lead_source: 1,
    estimated_value: 1000.1,
    assigned_to: admin.number,
    tags: ["vip", "@home"],
    notes: "not exported",
    custom_fields: own,
  });
  const bob = await leadOf(admin.api, { job_title: 'CTO "at large"\nand more' });
  // Once it was scored, its score is as it stays.
  await expect.poll(async () => (await admin.api.read(`lead/view/${jane.id}`)).score).toBe(30);
  await expect.poll(async () => (await admin.api.read(`lead/view/${bob.id}`)).score).toBe(30);
  const { record, answer } = await exportOf(admin.api, "leads");
  expect(record).toEqual({
    id: expect.any(Number),
    export_type: "leads",
    status: "completed",
    file_name: `leads-${record.id}.csv`,
    row_count: 2,
    created_by: admin.number,
    created_at: TIME,
    finished_at: TIME,
    expires_at: TIME,
  });
  expect(Date.parse(record.expires_at) - Date.parse(record.finished_at)).toBe(7 * 86_400_000);
  expect(Object.fromEntries(answer.headers)).toMatchObject({
    "content-type": "text/csv; charset=utf-8",
    "content-disposition": `attachment; filename="leads-${record.id}.csv"`,
    "x-content-type-options": "nosniff",
    "cache-control": "no-store",
  });
  expect(answer.text).toBe([
    `${LEAD_COLUMNS},"custom_fields.a,b",custom_fields.budget,custom_fields.list,custom_fields.on`,
    `${jane.id},Jane,'=1+1,${jane.email},+15551234567,"Acme, Inc.",,New,Medium,Website,30,1000.1,` +
    `Jane Roe,'@home|vip,,,,${jane.created_at},x,12.5,y|z,true`,
    `${bob.id},Jane,Roe,${bob.email},,,"CTO ""at large""\nand more",New,Medium,,30,,,,,,,` +
    `${bob.created_at},,,,`,
    "",
  ].join("\r\n"));
  const { body } = await admin.api.get("notification/list?type_id=5");
  expect(body.data).toMatchObject([{
    title: "The export of leads is ready",
    subject_type: "export",
    subject_id: record.id,
  }]);
  await asOwner("update crm.exports set expires_at = now() where workspace_id = $1", [
    workspace.id,
  ]);
  await asOwner("select app.housekeep(10000)");
  expectLioError(await admin.api.get(`exports/download/${record.id}`), 404, "not_found");
  expect((await admin.api.get("exports/list")).body.total).toBe(0);
});

test("contacts, companies and clients are exported with what is asked of them", async () => {
  const { workspace, admin } = await lioWorld();
  const [acme, globex] = await companiesOf(workspace.id, "Acme", "Globex");
  await admin.api.made("contact/add", { name: "Hank van Scorpio", company_id: globex });
  await asOwner(
    `insert into crm.deals (workspace_id, title, pipeline_id, stage_id, company_id, value)
     select s.workspace_id, 'Licence', s.pipeline_id, s.id, c.id, 0.1 + n
     from crm.stages s, crm.companies c, generate_series(1, 2) n
     where s.workspace_id = $1 and s.outcome <> 'open' and c.workspace_id = $1
       and c.number = case s.outcome when 'won' then $2::bigint else $3 end`,
    [workspace.id, acme, globex],
  );
  const [contacts, companies, clients] = await Promise.all([
    exportOf(admin.api, "contacts"),
    exportOf(admin.api, "companies"),
    exportOf(admin.api, "clients"),
  ]);
  expect(contacts.lines).toEqual([
    "id,name,email,phone_number,company,designation,lead_score,created_at",
    expect.stringMatching(/^\d+,Hank van Scorpio,,,Globex,,0,\d{4}-\S+Z$/),
    "",
  ]);
  const columns =
    "id,company_name,industry_type,website,phone_number,city,country,employee_size,created_at";
  expect(companies.lines[0]).toBe(columns);
  expect(companies.record.row_count).toBe(2);
  expect(clients.lines).toEqual([
    `${columns},won_value`,
    expect.stringMatching(/^\d+,Acme,,,,,,,\d{4}-\S+Z,3\.2$/),
    "",
  ]);
});

test("filters choose what is exported, as those of the list do", async () => {
  const { admin } = await lioWorld();
  const [first] = [await leadOf(admin.api, { city: "Oslo", tags: ["a"] }), await leadOf(admin.api)];
  await leadOf(admin.api, { city: "Bergen" });
  const found = async (filters: object) => {
    const { lines } = await exportOf(admin.api, "leads", filters);
    return lines.slice(1, -1).map((line) => Number(line.split(",")[0]));
  };
  const all = await Promise.all([
    found({ city: "oslo", assigned_to: true }),
    found({ city: "oslo", tags: [first.tags[0].id], status: 1 }),
    found({ search_value: first.email.slice(0, -4) }),
  ]);
  expect(all).toEqual([[], [first.id], [first.id]]);
});

test("what cannot be exported is refused by field", async () => {
  const { admin } = await lioWorld();
  const create = (body: object) => admin.api.post("exports/create", body);
  expectLioFields(await create({}), 422, "export_type");
  expectLioFields(await create({ export_type: "deals", filter: {} }), 422, "export_type", "filter");
  expectLioFields(await create({ export_type: "leads", filters: [] }), 422, "filters");
  const filters = { city: "Oslo", company_id: "x", start_date: "soon" };
  expectLioFields(
    await create({ export_type: "contacts", filters }),
    422,
    "filters.company_id",
    "filters.start_date",
    "filters.city",
  );
  const dates = { start_date: "2026-02-01", end_date: "2026-01-01" };
  expectLioFields(
    await create({ export_type: "companies", filters: dates }),
    422,
    "filters.start_date",
  );
  expect((await admin.api.get("exports/list")).body.total).toBe(0);
});

test("an export is its user's, and Admins'; Reps have none, Viewers make none", async () => {
  const { admin, user } = await lioWorld();
  const [manager, other, rep, viewer] = [
    await user("manager"),
    await user("manager"),
    await user("rep"),
    await user("viewer"),
  ];
  const { record } = await exportOf(manager.api, "leads");
  const totals = [admin, manager, other, viewer].map(async ({ api }) =>
    (await api.get("exports/list")).body.total
  );
  expect(await Promise.all(totals)).toEqual([1, 1, 0, 0]);
  expect((await admin.api.get(`exports/download/${record.id}`)).status).toBe(200);
  for (const { api } of [other, viewer, (await lioWorld()).admin]) {
    expectLioError(await api.get(`exports/download/${record.id}`), 404, "not_found");
  }
  for (const { api } of [rep, viewer]) {
    expectLioError(
      await api.post("exports/create", { export_type: "leads" }),
      403,
      "permission_error",
      "role",
    );
  }
  for (const path of ["list", `download/${record.id}`]) {
    expectLioError(await rep.api.get(`exports/${path}`), 403, "permission_error", "role");
  }
});

test("what is not written yet, or failed, has no file", async () => {
  const { workspace, admin } = await lioWorld();
  for (const status of ["pending", "processing", "failed"]) {
    const id = await someExport(workspace.id, admin.id, status);
    expectLioError(await admin.api.get(`exports/download/${id}`), 409, "conflict", "not_ready");
  }
});

test("who may see less by the time that it is written, exports less", async () => {
  const { workspace, admin, user } = await lioWorld();
  const manager = await user("manager");
  const own = await admin.api.made("lead/add", person({ assigned_to: manager.number }));
  await admin.api.made("lead/add", person({ assigned_to: admin.number }));
  const id = await someExport(workspace.id, manager.id);
  await asOwner("update crm.users set is_rep = true where id = $1", [manager.id]);
  await asOwner(
    `select app.enqueue_job('exports.write', jsonb_build_object('export_id', id),
       p_workspace => workspace_id) from crm.exports where workspace_id = $1`,
    [workspace.id],
  );
  const download = () => admin.api.get(`exports/download/${id}`);
  await expect.poll(async () => (await download()).status).toBe(200);
  const lines = (await download()).text.split("\r\n");
  expect(lines.slice(1).map((line) => line.split(",")[0])).toEqual([String(own.id), ""]);
});
