import { type Answered, lastingStandIn, type Seen } from "./lasting-stand-in.ts";

/** A message of a conversation with a model. */
export interface ChatMessage {
  role: string;
  content: string;
}

/** What a model was asked, and says. */
export interface ModelApi {
  asked: { model: string; messages: ChatMessage[] }[];
  /** What it says next, one each; then, and at first, what it was asked for. */
  says: (string | (() => Promise<string>))[];
}

/** What the functions are configured with, but for the address. */
export const MODEL_ENVIRONMENT = { AI_API_KEY: "sk-stand-in", AI_MODEL: "stand-in-1" };

const { AI_API_KEY: KEY, AI_MODEL: MODEL } = MODEL_ENVIRONMENT;
const ROLES: ReadonlySet<unknown> = new Set(["system", "user", "assistant"]);
const MOST_SAID = 1_000;

/** Starts a stand-in for the gateway of all tests, of a model that does what it is asked for. */
export async function lastingModel() {
  const { url, stop } = await lastingStandIn((request) =>
    modelAnswers({ asked: [], says: [] }, request)
  );
  return { environment: { AI_BASE_URL: `${url}/v1`, ...MODEL_ENVIRONMENT }, stop };
}

/** Answers as OpenAI's API does (its reference: Chat completions, Error codes). */
export function modelAnswers(
  api: ModelApi,
  { method, path, headers, body }: Seen,
): Answered | Promise<Answered> {
  if (headers.authorization === undefined) {
    return refused(401, "You didn't provide an API key.", { code: null });
  }
  if (headers.authorization !== `Bearer ${KEY}`) {
    return refused(401, "Incorrect API key provided.", { code: "invalid_api_key" });
  }
  if (path !== "/v1/chat/completions") {
    return refused(404, `Invalid URL (${method} ${path})`, { code: null });
  }
  if (method !== "POST") {
    return refused(405, "Not allowed to use this method.", { code: "method_not_supported" });
  }
  if (!(headers["content-type"] ?? "").startsWith("application/json")) {
    return refused(400, "you must provide a model parameter", { code: null });
  }
  const request = read(body);
  return request === null
    ? refused(400, "We could not parse the JSON body of your request.", { code: null })
    : completed(api, request);
}

async function completed(
  api: ModelApi,
  { model, messages }: Record<string, unknown>,
): Promise<Answered> {
  if (typeof model !== "string") {
    return refused(400, "you must provide a model parameter", { code: null });
  }
  if (model !== MODEL) {
    return refused(404, `The model \`${model}\` does not exist`, { code: "model_not_found" });
  }
  if (messages === undefined) {
    const message = "Missing required parameter: 'messages'.";
    return refused(400, message, { param: "messages", code: "missing_required_parameter" });
  }
  if (!areMessages(messages)) {
    const message = "Invalid type for 'messages'.";
    return refused(400, message, { param: "messages", code: "invalid_type" });
  }
  api.asked.push({ model, messages });
  const said = api.says.shift() ?? obeyed(messages);
  return { status: 200, body: completionOf(typeof said === "string" ? said : await said()) };
}

function areMessages(given: unknown): given is ChatMessage[] {
  return Array.isArray(given) && given.length > 0 &&
    given.every(({ role, content }) => ROLES.has(role) && typeof content === "string");
}

/** What a model says that does as the system's message wants it, with what it was told last. */
function obeyed(messages: readonly ChatMessage[]): string {
  const wanted = messages[0]?.content ?? "";
  const told = `You said: ${messages.at(-1)?.content}`.slice(0, MOST_SAID).toWellFormed();
  if (wanted.includes('"definition"')) return JSON.stringify(DASHBOARD);
  if (wanted.includes('"action_items"')) {
    return JSON.stringify({ summary: told, action_items: ["Send the offer"] });
  }
  return wanted.includes('"subject"') ? JSON.stringify({ subject: "Hello", body: told }) : told;
}

const DASHBOARD = {
  name: "Leads",
  definition: {
    version: 1,
    widgets: [{
      id: "status",
      type: "pie",
      title: "Leads by status",
      query: { query_id: "leads_by_status" },
    }],
  },
};

/** The answer with what a model said. */
export function completionOf(content: string | null): object {
  return {
    id: "chatcmpl-1",
    object: "chat.completion",
    created: 1_780_000_000,
    model: MODEL,
    choices: [{
      index: 0,
      message: { role: "assistant", content, refusal: null },
      logprobs: null,
      finish_reason: "stop",
    }],
    usage: { prompt_tokens: 9, completion_tokens: 12, total_tokens: 21 },
  };
}

function refused(status: number, message: string, more: { param?: string; code: string | null }) {
  return {
    status,
    body: { error: { message, type: "invalid_request_error", param: null, ...more } },
  };
}

function read(body: Buffer): Record<string, unknown> | null {
  try {
    const value: unknown = JSON.parse(body.toString());
    return typeof value === "object" && value !== null ? { ...value } : null;
  } catch {
    return null;
  }
}
