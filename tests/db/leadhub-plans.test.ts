import { beforeAll, expect, test } from "vitest";
import { List, type ListRequest } from "../../shared/crm/lists/list.ts";
import { selectByNumber } from "../../shared/crm/views/statements.ts";
import { pipeline } from "../../shared/dialects/leadhub/pipelines.ts";
import { stage } from "../../shared/dialects/leadhub/stages.ts";
import type { Statement } from "../../shared/db/wire/pipeline.ts";
import { apiDatabase, claimsOf } from "../support/as-role.ts";
import { brief, plansOf, rowsRead, scanned } from "../support/explain.ts";
import { ownCluster } from "../support/own-cluster.ts";
import { asOwner, testWorkspace } from "../support/workspace.ts";

ownCluster();

const PIPELINES = 400;
const STAGES = 10;
const PAGE = 15;

let id: string;
/** The number of one of the pipelines. */
let number: number;

beforeAll(async () => {
  ({ id } = await testWorkspace());
  await asOwner(
    `with made as (
      insert into crm.pipelines (workspace_id, name)
        select $1, 'P' || n from generate_series(1, $2::int) n returning id
    )
    insert into crm.stages (workspace_id, pipeline_id, name, position)
      select $1, id, 'S' || n, n from made, generate_series(1, $3::int) n`,
    [id, PIPELINES, STAGES],
  );
  const text = "select number from crm.pipelines where workspace_id = $1 and name = 'P7'";
  number = Number((await asOwner<{ number: string }>(text, [id]))[0]!.number);
  await asOwner("vacuum analyze crm.pipelines, crm.stages");
});

function list(asked: Pick<ListRequest, "view" | "conditions" | "sort">): Statement {
  const more = { search: "", order: "asc", size: PAGE, from: 1 } as const;
  return new List(id, { ...more, ...asked }).statement();
}

/** Expects a statement to read no more of these tables than this, and nothing from end to end. */
async function expectReads(statement: Statement, pipelines: number, stages: number) {
  const [nodes = []] = await plansOf(apiDatabase({ size: 1 }), claimsOf(id), [statement]);
  expect(scanned(nodes), brief(nodes)).toEqual([]);
  expect(rowsRead(nodes, "pipelines"), brief(nodes)).toBeLessThanOrEqual(pipelines);
  expect(rowsRead(nodes, "stages"), brief(nodes)).toBeLessThanOrEqual(stages);
  return nodes.map((node) => node["Index Name"]);
}

test("a pipeline's stages are listed in the order of an index", async () => {
  const conditions = [
    { is: "numbered", column: "pipeline_id", table: "crm.pipelines", value: number },
  ] as const;
  const used = await expectReads(
    list({ view: stage, conditions, sort: "position" }),
    4 * STAGES,
    2 * STAGES,
  );
  expect(used).toContain("stages_position_idx");
});

test("pipelines are listed, and one read, with no more stages than they have", async () => {
  for (const sort of ["created_at", "updated_at", "name"]) {
    const page = PAGE + 1;
    // Each pipeline, its count, and the pipeline of each of its stages.
    const most = page * (2 + STAGES);
    await expectReads(list({ view: pipeline, conditions: [], sort }), most, page * STAGES);
  }
  await expectReads(selectByNumber(pipeline, number), 2 + STAGES, STAGES);
});
