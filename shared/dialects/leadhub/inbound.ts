import * as z from "zod";
import { leadLanding, readIntake } from "../../crm/lead-intake.ts";
import { leads } from "../../crm/leads.ts";
import { domainError } from "../../crm/records.ts";
import { FOREIGN_WORKSPACE, isPostgresError } from "../../db/errors.ts";
import { sql, statement } from "../../db/sql.ts";
import { parseObject, unstorableText } from "../../formats/json.ts";
import { jsonBody, SINGLE_LIMIT } from "../../http/body.ts";
import type { Call, Outcome } from "../../http/call.ts";
import { scope } from "../../http/operation.ts";
import { parseQuery } from "../../http/query.ts";
import { router } from "../../http/router.ts";
import { write } from "../../http/write.ts";
import { lazy } from "../../memory/lazy.ts";
import { Refusal } from "../../refusals/refusal.ts";
import { collectMistakes } from "../../refusals/validation.ts";
import type { LeadHubCaller } from "./caller.ts";
import type { LeadHubOperation } from "./contract.ts";
import { intakeBody, warningsOf, warningsSchema } from "./loose.ts";

const parameters = lazy(() =>
  z.strictObject({
    tenant: z.string().min(1, "Must not be empty").meta({
      description: "The slug of the key's workspace.",
    }),
  })
);

const answer = <Status extends string, Duplicate extends boolean>(
  status: Status,
  isDuplicate: Duplicate,
) =>
  z.object({
    status: z.literal(status),
    lead_id: z.int(),
    is_duplicate: z.literal(isDuplicate),
    warnings: warningsSchema().optional(),
  });

const NOT_FOR_REPS =
  "A Rep sees only some leads, so that the intake is not for them: use POST /leads.";

/** POST: makes a lead of what was sent, or completes the one of that person (spec: Inbound Lead Intake). */
const takeLead: LeadHubOperation = {
  kind: "write",
  body: jsonBody(SINGLE_LIMIT),
  get contract() {
    return {
      id: "takeLead",
      summary: "Make a lead of what was sent, or complete the one that is there",
      query: parameters(),
      body: intakeBody(),
      answers: { 201: answer("created", false), 200: answer("duplicate", true) },
    };
  },
  async run(call) {
    // Nobody who does not see all leads can tell whether the person has one.
    if (call.caller.userRole === "rep") throw new Refusal("forbidden", NOT_FOR_REPS);
    const [{ tenant }, { body, fields, warnings }] = await understood(call);
    const statements = [
      statement(sql`select app.require_workspace(${tenant})`),
      statement(leadLanding(fields, { type: "lead_intake", title: "Lead intake", data: body })),
    ];
    try {
      return await write(call, statements, (rows) => {
        const { number, created } = rows.at(-1)?.[0] ?? {};
        return outcome(Number(number), created === true, warningsOf(warnings));
      });
    } catch (error) {
      throw isForeign(error) ? foreignTenant() : domainError(leads, error);
    }
  },
};

// Whose workspace it is not learns nothing of what is wrong with the body.
async function understood(call: Call) {
  try {
    return collectMistakes(
      () => parseQuery(parameters(), call.query),
      () => {
        const body = parseObject(call.text);
        return { body, ...readIntake(body) };
      },
    );
  } catch (error) {
    const tenant = call.query.get("tenant");
    if (tenant && unstorableText(tenant) === null) await requireTenant(call, tenant);
    throw error;
  }
}

async function requireTenant({ workspace }: Call, tenant: string): Promise<void> {
  const query = sql`select from crm.workspaces where id = ${workspace.id} and slug = ${tenant}`;
  const [rows] = await workspace.read([statement(query)]);
  if (rows?.length === 0) throw foreignTenant();
}

function isForeign(error: unknown): boolean {
  return isPostgresError(error) && error.code === FOREIGN_WORKSPACE;
}

function foreignTenant(): Refusal {
  return new Refusal("forbidden", "This API key is not of the workspace that tenant names.");
}

function outcome(number: number, isNew: boolean, warnings: object | null): Outcome {
  const body = JSON.stringify({
    status: isNew ? "created" : "duplicate",
    lead_id: number,
    is_duplicate: !isNew,
    ...(warnings === null ? {} : { warnings }),
  });
  return { status: isNew ? 201 : 200, body };
}

export default router<LeadHubCaller>("/api/inbound")
  .post("/leads", scope("write:leads"), takeLead);
