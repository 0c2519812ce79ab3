import { createContext } from "preact";
import { leadhub } from "../../api.ts";
import type { ListPage } from "./automation.ts";

/** Something that can be chosen, by its number. */
export interface Named {
  id: number;
  name: string;
}

/** A stage beside the pipeline that it is of. */
export interface NamedStage extends Named {
  pipeline: Named;
}

/** What parts of automations can name. */
export interface Choices {
  pipelines: readonly Named[];
  stages: readonly NamedStage[];
  tags: readonly Named[];
  users: readonly Named[];
  forms: readonly Named[];
  webhooks: readonly Named[];
  mails: readonly Named[];
}

const NONE: Choices = {
  pipelines: [],
  stages: [],
  tags: [],
  users: [],
  forms: [],
  webhooks: [],
  mails: [],
};
const MAILS = new Set(["smtp", "mailgun", "gmail", "microsoft"]);
const MOST_PAGES = 10;

/** The choices of the page. */
export const ChoicesContext = createContext<Choices>(NONE);

/** Loads all that parts of automations can name; what the role does not see is empty. */
export async function loadChoices(signal: AbortSignal): Promise<Choices> {
  type Pipeline = Named & { stages: readonly Named[] };
  type Integration = Named & { type: string };
  const [pipelines, tags, users, forms, integrations] = await Promise.all([
    all<Pipeline>("pipelines", signal),
    all<Named>("tags", signal),
    all<Named & { email: string; status: string }>("users", signal),
    all<Named>("forms", signal),
    all<Integration>("integrations", signal),
  ]);
  return {
    pipelines,
    stages: pipelines.flatMap((pipeline) =>
      pipeline.stages.map(({ id, name }) => ({ id, name, pipeline }))
    ),
    tags,
    users: users.map(({ id, name, email }) => ({ id, name: name || email })),
    forms,
    webhooks: integrations.filter(({ type }) => type === "webhook"),
    mails: integrations.filter(({ type }) => MAILS.has(type)),
  };
}

// A page without choices is of more use than none.
async function all<T>(path: string, signal: AbortSignal): Promise<readonly T[]> {
  const found: T[] = [];
  try {
    for (let page = 1, last = 1; page <= Math.min(last, MOST_PAGES); page++) {
      const { data, meta } = await leadhub.get<ListPage<T>>(path, { page, per_page: 100 }, signal);
      found.push(...data);
      last = meta.last_page;
    }
  } catch (error) {
    if (signal.aborted) throw error;
  }
  return found;
}

/** The name of the one with a number, or the number where there is none. */
export function nameOf(choices: readonly Named[], id: unknown): string {
  return choices.find((one) => one.id === id)?.name ?? `#${String(id)}`;
}
