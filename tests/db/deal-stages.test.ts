import { expect, test } from "vitest";
import { apiDatabase, attempt, claimsOf } from "../support/as-role.ts";
import { asOwner, testWorkspace } from "../support/workspace.ts";

const NO_SUCH_RECORD = "23503";

/** A workspace with a second pipeline, of the stages Lead and Done (won); ids are named by `<pipeline>/<stage>`. */
async function twoPipelines() {
  const { id } = await testWorkspace();
  const database = apiDatabase();
  const run = (text: string, ...values: unknown[]) =>
    attempt(database, claimsOf(id), { text, values });
  await run(`with made as (insert into crm.pipelines (name) values ('Second') returning id)
    insert into crm.stages (pipeline_id, name, position, outcome)
      select id, name, position, outcome
      from made, (values ('Lead', 1, 'open'), ('Done', 2, 'won')) stage (name, position, outcome)`);
  const rows = await asOwner<{ pipeline: string; pipeline_id: string; stage: string; id: string }>(
    `select p.name as pipeline, p.id as pipeline_id, s.name as stage, s.id
      from crm.stages s join crm.pipelines p on p.workspace_id = s.workspace_id and p.id = s.pipeline_id
      where s.workspace_id = $1`,
    [id],
  );
  const ids = new Map(rows.flatMap(({ pipeline, pipeline_id, stage, id: stageId }) => [
    [`${pipeline}/${stage}`, stageId],
    [pipeline, pipeline_id],
  ]));
  const idOf = (name: string) => ids.get(name)!;
  const nameOf = (found: unknown) => [...ids].find(([, one]) => one === found)?.[0] ?? null;
  /** Its pipeline, stage by id, stage by name, and status; or the SQLSTATE. */
  const shown = (answer: Awaited<ReturnType<typeof run>>) => {
    if (typeof answer === "string") return answer;
    const [deal] = answer;
    return [nameOf(deal?.pipeline_id), nameOf(deal?.stage_id), deal?.stage, deal?.status];
  };
  const RETURNING = "returning pipeline_id, stage_id, stage, status";
  const fieldsOf = (given: Record<string, string>) => {
    const columns = Object.keys(given);
    const values = columns.map((column) =>
      column.endsWith("_id") ? idOf(given[column]!) : given[column]
    );
    return { columns, values };
  };
  return {
    id,
    idOf,
    run,
    async create(given: Record<string, string>) {
      const { columns, values } = fieldsOf(given);
      const places = columns.map((_, i) => `, $${i + 1}`).join("");
      const names = columns.map((column) => `, ${column}`).join("");
      return shown(
        await run(
          `insert into crm.deals (title${names}) values ('T'${places}) ${RETURNING}`,
          ...values,
        ),
      );
    },
    async change(given: Record<string, string>) {
      const { columns, values } = fieldsOf(given);
      const sets = columns.map((column, i) => `${column} = $${i + 1}`).join(", ");
      return shown(await run(`update crm.deals set ${sets} ${RETURNING}`, ...values));
    },
    deal: async () =>
      shown(await run("select pipeline_id, stage_id, stage, status from crm.deals")),
  };
}

const FIRST = "Sales pipeline";

test.each<[string, Record<string, string>, unknown]>([
  ["nothing", {}, [FIRST, `${FIRST}/Lead`, "Lead", "open"]],
  ["a stage's name", { stage: "pROPOSAL" }, [FIRST, `${FIRST}/Proposal`, "Proposal", "open"]],
  ["a free text", { stage: "Elsewhere" }, [FIRST, null, "Elsewhere", "open"]],
  ["a stage's id", { stage_id: "Second/Done" }, ["Second", "Second/Done", "Done", "won"]],
  ["a stage's id before a name", { stage_id: "Second/Lead", stage: "Won" }, [
    "Second",
    "Second/Lead",
    "Lead",
    "open",
  ]],
  ["a pipeline", { pipeline_id: "Second" }, ["Second", "Second/Lead", "Lead", "open"]],
  [
    "a stage of another pipeline",
    { pipeline_id: "Second", stage_id: `${FIRST}/Won` },
    NO_SUCH_RECORD,
  ],
])("a deal made with %s is at that stage", async (_, given, expected) => {
  expect(await (await twoPipelines()).create(given)).toEqual(expected);
});

test.each<[string, Record<string, string>, unknown]>([
  ["its title", { title: "New" }, [FIRST, `${FIRST}/Won`, "Won", "won"]],
  ["the name of another stage", { stage: "lead" }, [FIRST, `${FIRST}/Lead`, "Lead", "open"]],
  ["a free text", { stage: "Elsewhere" }, [FIRST, null, "Elsewhere", "won"]],
  ["another stage's id", { stage_id: `${FIRST}/Lost` }, [FIRST, `${FIRST}/Lost`, "Lost", "lost"]],
  ["another pipeline's stage", { stage_id: "Second/Lead" }, [
    "Second",
    "Second/Lead",
    "Lead",
    "open",
  ]],
  ["another pipeline", { pipeline_id: "Second" }, ["Second", "Second/Lead", "Lead", "open"]],
  [
    "a stage that its new pipeline lacks",
    { pipeline_id: "Second", stage_id: `${FIRST}/Lead` },
    NO_SUCH_RECORD,
  ],
])("a won deal that is given %s", async (_, given, expected) => {
  const { create, change } = await twoPipelines();
  await create({ stage: "Won" });
  expect(await change(given)).toEqual(expected);
});

test("a deal whose stage is deleted keeps its name, and its pipeline", async () => {
  const { create, change, deal, run, idOf } = await twoPipelines();
  await create({ stage: "Proposal" });
  await run("delete from crm.stages where id = $1", idOf(`${FIRST}/Proposal`));
  expect(await deal()).toEqual([FIRST, null, "Proposal", "open"]);
  expect(await change({ title: "New" })).toEqual([FIRST, null, "Proposal", "open"]);
  expect(await change({ stage: "Won" })).toEqual([FIRST, `${FIRST}/Won`, "Won", "won"]);
});

test("a deal whose pipeline is deleted keeps the name of its stage", async () => {
  const { create, deal, run, idOf } = await twoPipelines();
  await create({ stage_id: "Second/Done" });
  await run("delete from crm.pipelines where id = $1", idOf("Second"));
  expect(await deal()).toEqual([null, null, "Done", "won"]);
});

test("a workspace begins with six stages, which have their keys and probabilities", async () => {
  const { run } = await twoPipelines();
  const text = `select s.system_key, s.name, s.outcome, s.probability, s.color from crm.stages s
    join crm.pipelines p on p.id = s.pipeline_id where p.is_default order by s.position`;
  expect(await run(text)).toEqual(
    ([
      ["lead", "Lead", "open", 10],
      ["qualified", "Qualified", "open", 25],
      ["proposal", "Proposal", "open", 50],
      ["negotiation", "Negotiation", "open", 75],
      ["won", "Won", "won", 100],
      ["lost", "Lost", "lost", 0],
    ] as const).map(([system_key, name, outcome, probability]) => ({
      system_key,
      name,
      outcome,
      probability,
      color: null,
    })),
  );
});

test.each([
  ["a probability above 100", "update crm.stages set probability = 100.5"],
  [
    "a user's unknown role",
    "insert into crm.users (name, email, role) values ('A', 'a@x.com', 'owner')",
  ],
  [
    "a user's unknown status",
    "insert into crm.users (name, email, status) values ('A', 'a@x.com', 'new')",
  ],
])("%s is refused", async (_, text) => {
  expect(await (await twoPipelines()).run(text)).toBe("23514");
});
