import { expect, test } from "vitest";
import { crmHttp, expectGone, expectRefused, ID, TIME } from "../support/crm-http.ts";

const NEW = {
  id: ID,
  title: "Licence",
  pipelineId: ID,
  stageId: ID,
  stage: "Lead",
  stageKind: "open",
  status: "open",
  value: null,
  currency: "USD",
  probabilityPct: 10,
  expectedCloseDate: null,
  companyId: null,
  contactId: null,
  ownerId: null,
  closedAt: null,
  createdAt: TIME,
  updatedAt: TIME,
};

test("a lead is made of a title alone, or of everything, and cleared", async () => {
  const { api, user } = await crmHttp();
  const made = await api.made("leads", { title: " Licence ", value: null, currency: null });
  expect(made).toEqual(NEW);
  expect(Object.keys(made)).toEqual(Object.keys(NEW));
  const links = {
    companyId: (await api.made("companies", { name: "A" })).id,
    contactId: (await api.made("contacts", {})).id,
    ownerId: await user("Jo"),
  };
  const given = {
    title: "Big",
    value: 1234.56,
    currency: "EUR",
    probabilityPct: 33.5,
    expectedCloseDate: "2026-02-28",
    stage: "PROPOSAL",
    ...links,
  };
  const big = await api.made("leads", given);
  expect(big).toEqual({ ...NEW, ...given, stage: "Proposal" });
  const path = `leads/${big.id}`;
  expect(await api.read(path)).toEqual(big);
  expect(await api.changed(path, {})).toEqual(big);
  expect(await api.changed(path, { ...big, status: "won", closedAt: 1, pipelineId: null }))
    .toEqual(big);
  const nulls = {
    value: null,
    expectedCloseDate: null,
    companyId: null,
    contactId: null,
    ownerId: null,
  };
  expect(await api.changed(path, { ...nulls, probabilityPct: null })).toEqual({
    ...NEW,
    title: "Big",
    stage: "Proposal",
    currency: "EUR",
    probabilityPct: 50,
  });
});

test("a value keeps its digits", async () => {
  const { api } = await crmHttp();
  for (const digits of ["12345678901234567.89", "0.1", "1e2", "99999999999999999999.9999"]) {
    const raw = `{"title":"D","value":${digits}}`;
    const { status, text, body } = await api.send("POST", "leads", { raw });
    expect(status, text).toBe(201);
    const expected = digits === "1e2" ? "100" : digits;
    expect(text).toContain(`"value":${expected},`);
    expect((await api.get(`leads/${body.id}`)).text).toBe(text);
  }
});

test("every wrong field is named", async () => {
  const { api } = await crmHttp();
  const wrong = {
    title: 5,
    stageId: "x",
    stage: 5,
    value: "1",
    currency: "dollars",
    probabilityPct: 101,
    expectedCloseDate: "2026-02-30",
    companyId: 1,
    contactId: true,
    ownerId: "me",
    titel: 1,
  };
  const { id } = await api.made("leads", { title: "t".repeat(500) });
  for (const answer of [await api.post("leads", wrong), await api.patch(`leads/${id}`, wrong)]) {
    expect(answer.status).toBe(400);
    for (const field of Object.keys(wrong)) expect(answer.body.error).toContain(`${field}: `);
  }
  expect((await api.post("leads", { title: "t".repeat(501) })).status).toBe(400);
  expect((await api.post("leads", {})).body.error).toMatch(/^title: Is required/);
  const nulls = { title: null, stageId: null, stage: null, currency: null };
  const { status, body } = await api.patch(`leads/${id}`, nulls);
  expect(status).toBe(400);
  for (const field of Object.keys(nulls)) expect(body.error).toContain(`${field}: `);
  const { id: made } = await api.made("leads", { ...nulls, title: "D" });
  expectGone(await api.delete(`leads/${made}`));
  expectRefused(await api.delete(`leads/${made}`), 404, `No lead with id ${made}.`);
  expectRefused(await api.patch(`leads/${made}`, {}), 404, `No lead with id ${made}.`);
});

test("any status but won and lost reads open, and a status sets when it closed", async () => {
  const { api, native } = await crmHttp();
  const deal = (await native.post("v1-public-deals", { title: "D", status: "stalled" })).body.data;
  const set = (fields: object) => native.patch(`v1-public-deals?id=${deal.id}`, fields);
  const read = async () => await api.read(`leads/${deal.id}`);
  expect(await read()).toMatchObject({ status: "open", closedAt: null });
  expect(await api.listed("leads?status=open")).toHaveLength(1);
  await set({ status: "lost" });
  const { closedAt, status } = await read();
  expect([status, closedAt]).toEqual(["lost", TIME]);
  await set({ title: "E" });
  expect((await read()).closedAt).toBe(closedAt);
  await set({ status: "parked" });
  expect(await read()).toMatchObject({ status: "open", closedAt: null });
  expect(await api.changed(`leads/${deal.id}`, await read())).toMatchObject({ status: "open" });
  expect((await native.get(`v1-public-deals?id=${deal.id}`)).body.data.status).toBe("parked");
});

test("a deal at a text that is no stage is read, found and moved to one", async () => {
  const { api, native } = await crmHttp();
  const { body, text } = await native.post("v1-public-deals", { title: "D", stage: "Somewhere" });
  expect(body.success, text).not.toBe(false);
  const path = `leads/${body.data.id}`;
  const read = await api.read(path);
  expect(read).toMatchObject({ stage: "Somewhere", stageId: null, stageKind: "open" });
  expect(await api.listed("leads?stage=SOMEWHERE")).toEqual([read]);
  expect(await api.changed(path, { stage: "won" })).toMatchObject({ stage: "Won", status: "won" });
});
