import { describe, expect, test } from "vitest";
import type { ApiClient, Json } from "../support/api-client.ts";
import { besides } from "../support/as-role.ts";
import { pipelineIn } from "../support/links.ts";
import { expectMistakes, NOBODY } from "../support/records.ts";
import { asOwner, testWorkspace } from "../support/workspace.ts";

const PATH = "v1-public-deals";
const STAGES = ["Lead", "Qualified", "Proposal", "Negotiation", "Won", "Lost"];

async function defaultPipeline(api: ApiClient): Promise<Json> {
  return (await api.get("v1-public-pipelines")).body.data.items.find((one: Json) => one.is_default);
}

/** A deal made with these fields, after these changes one by one. */
async function deal(api: ApiClient, fields: object, ...changes: object[]): Promise<Json> {
  const made = await api.post(PATH, { title: "T", ...fields });
  expect(made.status, made.text).toBe(201);
  let { data } = made.body;
  for (const change of changes) {
    const { status, body, text } = await api.patch(`${PATH}?id=${data.id}`, change);
    expect(status, text).toBe(200);
    ({ data } = body);
  }
  return data;
}

test("a deal begins open, in USD, at the first stage of the default pipeline", async () => {
  const { api } = await testWorkspace();
  expect(await deal(api, {})).toMatchObject({
    pipeline_id: (await defaultPipeline(api)).id,
    stage: "Lead",
    status: "open",
    currency: "USD",
    value: null,
    probability: null,
  });
});

test.each([
  ["Proposal", "Proposal"],
  ["proposal", "Proposal"],
  ["  NEGOTIATION ", "Negotiation"],
  ["Due diligence", "Due diligence"],
  ["Lead ✨", "Lead ✨"],
])("without a pipeline, the stage %j is stored as %j", async (given, stored) => {
  const { api } = await testWorkspace();
  const pipeline_id = (await defaultPipeline(api)).id;
  expect(await deal(api, { stage: given })).toMatchObject({ stage: stored, pipeline_id });
  expect(await deal(api, {}, { stage: given })).toMatchObject({ stage: stored, pipeline_id });
});

test("with a pipeline, the stage must be one of it: 400 names them", async () => {
  const { api, id } = await testWorkspace();
  const pipeline_id = await pipelineIn(id, ["Erstgespräch", "Angebot", "Fertig/won"]);
  const made = await deal(api, { pipeline_id, stage: "ERSTGESPRÄCH" });
  expect(made).toMatchObject({ pipeline_id, stage: "Erstgespräch", status: "open" });
  const url = `${PATH}?id=${made.id}`;
  const refused = [
    await api.post(PATH, { title: "T", pipeline_id, stage: "Proposal" }),
    await api.patch(url, { pipeline_id, stage: "Proposal" }),
  ];
  for (const response of refused) {
    const [message] = expectMistakes(response, ["stage"]);
    expect(message).toContain("Erstgespräch, Angebot, Fertig");
  }
  const main = (await defaultPipeline(api)).id;
  const [message] = expectMistakes(await api.patch(url, { pipeline_id: main, stage: "Angebot" }), [
    "stage",
  ]);
  expect(message).toContain(STAGES.join(", "));
  expect((await api.get(url)).body.data).toEqual(made);
});

test("a pipeline that does not exist is named, also together with a stage", async () => {
  const { api } = await testWorkspace();
  const theirs = await pipelineIn((await testWorkspace()).id, ["First"]);
  for (const pipeline_id of [NOBODY, theirs]) {
    for (const stage of [{}, { stage: "First" }]) {
      expectMistakes(await api.post(PATH, { title: "T", pipeline_id, ...stage }), ["pipeline_id"]);
    }
  }
});

describe("status follows the stage", () => {
  test.each<[string, object, object[], string]>([
    ["created at a won stage", { stage: "won" }, [], "won"],
    ["created at a lost stage, whatever it says", { stage: "Lost", status: "open" }, [], "lost"],
    ["moved to won", {}, [{ stage: "Won" }], "won"],
    ["moved to lost", { status: "on hold" }, [{ stage: "Lost" }], "lost"],
    ["moved to won and on to lost", {}, [{ stage: "Won" }, { stage: "Lost" }], "lost"],
    ["moved back to an open stage", { stage: "Won" }, [{ stage: "Lead" }], "open"],
    ["moved between open stages", { status: "on hold" }, [{ stage: "Proposal" }], "on hold"],
    ["moved with a status", { stage: "Won" }, [{ stage: "Lead", status: "stuck" }], "stuck"],
    ["changed otherwise", { stage: "Won" }, [{ title: "New" }], "won"],
    ["of an unknown stage", { stage: "Won again" }, [], "open"],
  ])("of a deal %s", async (_name, fields, changes, status) => {
    const { api } = await testWorkspace();
    expect((await deal(api, fields, ...changes)).status).toBe(status);
  });
});

describe("moving to another pipeline", () => {
  test.each<[string, object, object, object]>([
    ["to a stage", { stage: "Proposal" }, { stage: "second" }, { stage: "Second" }],
    ["keeps a stage that it has too", { stage: "Lead" }, {}, { stage: "lead" }],
    ["goes to its first stage otherwise", { stage: "Proposal" }, {}, { stage: "lead" }],
    ["of a won deal opens it", { stage: "Won" }, {}, { stage: "lead", status: "open" }],
    ["to a lost stage", {}, { stage: "Gone" }, { stage: "Gone", status: "lost" }],
  ])("%s", async (_name, fields, change, expected) => {
    const { api, id } = await testWorkspace();
    const pipeline_id = await pipelineIn(id, ["lead", "Second", "Gone/lost"]);
    const moved = await deal(api, fields, { pipeline_id, ...change });
    expect(moved).toMatchObject({ pipeline_id, ...expected });
  });
});

test("a deal keeps its stage when its pipeline is deleted, and can be given another", async () => {
  const { api, id } = await testWorkspace();
  const pipeline_id = await pipelineIn(id, ["First", "Second"]);
  const made = await deal(api, { pipeline_id, stage: "Second" });
  await asOwner("delete from crm.pipelines where id = $1", [pipeline_id]);
  const url = `${PATH}?id=${made.id}`;
  expect((await api.get(url)).body.data).toMatchObject({ pipeline_id: null, stage: "Second" });
  expect((await api.patch(url, { title: "New" })).body.data.pipeline_id).toBeNull();
  const moved = (await api.patch(url, { stage: "proposal" })).body.data;
  const main = (await defaultPipeline(api)).id;
  expect(moved).toMatchObject({ stage: "Proposal", pipeline_id: main });
});

test("a stage that is deleted while a deal is put there is named", async () => {
  const { api, id } = await testWorkspace();
  const refused = await besides(
    id,
    ["delete from crm.stages where workspace_id = $1 and name = 'Proposal'", id],
    () => api.post(PATH, { title: "T", stage: "Proposal" }),
  );
  expectMistakes(refused, ["stage"]);
});

test("a workspace without a default pipeline keeps stages as given", async () => {
  const { api, id } = await testWorkspace();
  await asOwner("delete from crm.pipelines where workspace_id = $1", [id]);
  expect(await deal(api, { stage: "won" })).toMatchObject({ pipeline_id: null, stage: "won" });
  expect(await deal(api, {})).toMatchObject({ pipeline_id: null, stage: null, status: "open" });
});

test("the spec's PATCH example moves a deal and sets its probability", async () => {
  const { api } = await testWorkspace();
  const moved = await deal(api, { stage: "Proposal" }, { stage: "Negotiation", probability: 80 });
  expect(moved).toMatchObject({ stage: "Negotiation", probability: 80, status: "open" });
});
