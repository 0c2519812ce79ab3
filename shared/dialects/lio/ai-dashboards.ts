import * as z from "zod";
import { definitionSchema } from "../../crm/queries/definition.ts";
import { label } from "../../crm/values/fields.ts";
import { jsonObject } from "../../formats/json-object.ts";
import { scope } from "../../http/operation.ts";
import { router } from "../../http/router.ts";
import { lazy } from "../../memory/lazy.ts";
import { type AiService, complete, jsonWithin } from "../../providers/ai/chat.ts";
import { ProviderFailed } from "../../providers/outgoing/provider-failed.ts";
import { InvalidInput } from "../../refusals/errors.ts";
import { checked } from "../../refusals/validation.ts";
import { aiBody, wish } from "./ai-body.ts";
import type { LioCaller } from "./caller.ts";
import type { LioOperation } from "./contract.ts";
import { dashboardPrompt } from "./dashboard-prompt.ts";
import { parts } from "./lead-context.ts";
import { BODY } from "./reading.ts";
import { oneRecord } from "./schemas.ts";
import { AI_REFUSALS, creditsUsed, withCredits } from "./with-credits.ts";

/** Of a wrong answer, that goes back to the model with its mistakes. */
const MOST_SENT_BACK = 50_000;
const MOST_MISTAKES = 20;

const body = lazy(() =>
  z.strictObject({ prompt: wish(5_000).meta({ description: "What the dashboard is to show." }) })
);

const answered = lazy(() =>
  oneRecord(
    z.object({ name: z.string(), definition: jsonObject, ...creditsUsed })
      .meta({ id: "GeneratedDashboard" }),
  ).meta({ id: "GeneratedDashboardAnswer" })
);

const made = lazy(() => z.object({ name: label(255), definition: definitionSchema() }));

/** A dashboard as a model made it, of which POST dashboards takes the definition. */
type Made = z.output<ReturnType<typeof made>>;

/** POST: a dashboard as it is wished for; none is saved (decisions: 19). */
const generateDashboard: LioOperation = {
  kind: "write",
  body: BODY,
  get contract() {
    return {
      id: "generateDashboard",
      summary: "Make a dashboard of a wish",
      body: body(),
      answers: { 200: answered() },
      refusals: AI_REFUSALS,
    };
  },
  async run(call) {
    const { prompt } = aiBody(call, body());
    return await withCredits(call, {
      feature: "ai_dashboard",
      message: "Dashboard generated",
      ask: (ai) => dashboardFor(ai, prompt),
    });
  },
};

/** What a model makes of a wish; asked once more with what is wrong. Throws ProviderFailed. */
async function dashboardFor(ai: AiService, prompt: string): Promise<Made> {
  const system = dashboardPrompt();
  const first = await complete(ai, { system, user: prompt });
  const read = readIn(first);
  if (!Array.isArray(read)) return read;
  const second = await complete(ai, {
    system,
    history: [
      { role: "user", content: prompt },
      { role: "assistant", content: first.slice(0, MOST_SENT_BACK).toWellFormed() },
    ],
    user: parts({
      "Your answer has mistakes; answer with the whole JSON again": read.join("\n"),
      "What was asked for": prompt,
    }),
  });
  const again = readIn(second);
  if (!Array.isArray(again)) return again;
  const failing = { status: 200, code: null, mayHaveHappened: true };
  throw new ProviderFailed(`${ai.name} made no dashboard that can be used.`, failing);
}

/** A dashboard, or what is wrong with it. */
function readIn(said: string): Made | string[] {
  const given = jsonWithin(said, jsonObject);
  if (given === null) return ["It must be one JSON object, and nothing else."];
  try {
    return checked(made(), given);
  } catch (error) {
    if (!(error instanceof InvalidInput)) throw error;
    return error.fields.slice(0, MOST_MISTAKES).map(({ field, message }) => `${field}: ${message}`);
  }
}

/** What AI makes of dashboards (spec: Dashboards and analytics). */
export default router<LioCaller>("/api/ai-dashboards")
  .post("/generate", scope("write"), generateDashboard);
