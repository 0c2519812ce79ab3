import * as z from "zod";
import { defaultProbability } from "../../crm/forecast/base.ts";
import { decimal } from "../../crm/forecast/decimals.ts";
import type { Write } from "../../crm/column.ts";
import type { Fields } from "../../crm/plan.ts";
import { label, optional } from "../../crm/values/fields.ts";
import { ignored } from "../../crm/views/body.ts";
import { lazy } from "../../memory/lazy.ts";
import { id } from "./given.ts";

export const DEFAULT_COLOR = "#64748B";
const MOST_STAGES = 100;
/** More than any stage is at, or any deal stays there. */
const MOST = 2 ** 31 - 1;
const COLOR = `Must be a color such as ${DEFAULT_COLOR}`;
const PROBABILITY = "Must be a number from 0 to 1";
const WHOLE = "Must be a whole number from 1";

const fields = lazy(() => ({
  color: optional(z.string().regex(/^#[0-9A-Fa-f]{6}$/, COLOR).meta({ examples: [DEFAULT_COLOR] })),
  position: optional(z.int(WHOLE).min(1, WHOLE).max(MOST, WHOLE)),
  is_won: optional(z.boolean()),
  is_lost: optional(z.boolean()),
  probability: optional(z.number(PROBABILITY).min(0, PROBABILITY).max(1, PROBABILITY)),
  max_days_in_stage: optional(z.int(WHOLE).min(1, WHOLE).max(MOST, WHOLE)),
}));

type Stage =
  & { id?: number; name?: string | undefined }
  & {
    [K in keyof ReturnType<typeof fields>]?: z.output<ReturnType<typeof fields>[K]> | undefined;
  };

/** The stages of a new pipeline, or all that one is to have. */
export function stagesGiven(write: Write) {
  const one = write === "creation"
    ? z.strictObject({ name: label(100), ...fields() })
    : z.strictObject({
      id: id().optional(),
      name: label(100).optional(),
      ...fields(),
      pipeline_id: ignored(),
      is_protected: ignored(),
    });
  const many = z.array(one.superRefine(agrees))
    .min(1, "Must have at least one open stage")
    .max(MOST_STAGES, `Must have at most ${MOST_STAGES} stages`);
  return write === "change" ? many : many.superRefine(differ);
}

function agrees(stage: Stage, { addIssue }: z.RefinementCtx): void {
  const wrong = (field: keyof Stage, message: string) =>
    addIssue({ code: "custom", path: [field], message });
  const { is_won, is_lost, probability } = stage;
  if (stage.id === undefined && stage.name === undefined) {
    wrong("name", "Is required of a stage without an id");
  }
  if (is_won && is_lost) wrong("is_lost", "Must not be true together with is_won");
  else if (is_won && (probability ?? 1) !== 1) wrong("probability", "Must be 1 of a won stage");
  else if (is_lost && (probability ?? 0) !== 0) wrong("probability", "Must be 0 of a lost stage");
}

function differ(stages: readonly Stage[], { addIssue }: z.RefinementCtx): void {
  if (stages.length > 0 && stages.every(({ is_won, is_lost }) => is_won || is_lost)) {
    addIssue({ code: "custom", message: "Must have at least one open stage" });
  }
  const named = [
    ...stages.map(({ name }) => name ?? ""),
    ...missing(stages).map(({ name }) => name),
  ]
    .map((name) => name?.toLowerCase());
  named.forEach((name, at) => {
    if (named.indexOf(name) === at) return;
    const message = "Must be another name than those of the stages before";
    addIssue({ code: "custom", path: at < stages.length ? [at, "name"] : [], message });
  });
}

/** What is added to stages without a won or a lost one. */
function missing(stages: readonly Stage[]): Stage[] {
  return [
    ...stages.some(({ is_won }) => is_won) ? [] : [{ name: "Won", is_won: true }],
    ...stages.some(({ is_lost }) => is_lost) ? [] : [{ name: "Lost", is_lost: true }],
  ];
}

const STAGES: readonly Stage[] = [
  { name: "New", probability: 0.1 },
  { name: "Qualified", probability: 0.25 },
  { name: "Proposal", probability: 0.5 },
  { name: "Negotiation", probability: 0.75 },
];

/** The stages of a new pipeline as the core makes them (SQL: app.create_pipeline). */
export function newStages(given: readonly Stage[] = STAGES): Fields[] {
  const stages = [...inOrder(given), ...missing(given)];
  const open = stages.filter(({ is_won, is_lost }) => !is_won && !is_lost);
  return stages.map((stage) => {
    const { name, color, is_won, is_lost, max_days_in_stage = null } = stage;
    const place = open.indexOf(stage) + 1;
    return {
      name,
      color: color ?? DEFAULT_COLOR,
      outcome: is_won ? "won" : is_lost ? "lost" : "open",
      probability: is_won
        ? 100
        : is_lost
        ? 0
        : percent(stage) ?? Number(defaultProbability(place, open.length)),
      max_days_in_stage,
    };
  });
}

/** The stages that a pipeline is to have as the core takes them (SQL: app.set_stages). */
export function changedStages(given: readonly Stage[]): Fields[] {
  return inOrder(given).map(changedStage);
}

function changedStage(stage: Stage): Fields {
  const { id: number, name, color, probability, is_won, is_lost, max_days_in_stage } = stage;
  const set = {
    id: number,
    name,
    color: color === undefined && number !== undefined ? undefined : color ?? DEFAULT_COLOR,
    is_won: is_won ?? undefined,
    is_lost: is_lost ?? undefined,
    probability: probability === undefined ? undefined : percent(stage),
    max_days_in_stage,
  };
  return Object.fromEntries(Object.entries(set).filter(([, value]) => value !== undefined));
}

function inOrder(given: readonly Stage[]): Stage[] {
  return given.map((stage, at) => ({ stage, place: stage.position ?? at + 1 }))
    .sort((one, other) => one.place - other.place).map(({ stage }) => stage);
}

function percent({ probability }: Stage): number | null {
  return probability == null ? null : Number(decimal(probability).times(100));
}
