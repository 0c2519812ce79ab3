import { completionOf, MODEL_ENVIRONMENT, modelAnswers, type ModelApi } from "./openai-answers.ts";
import { type Mishap, type StandIn, standIn } from "./stand-in.ts";

/** A local server that answers as OpenAI's API does for chat completions. */
export interface OpenAiApi extends StandIn, ModelApi {
  /** What the functions are configured with. */
  env: Record<"AI_BASE_URL" | "AI_API_KEY" | "AI_MODEL", string>;
}

/** Starts a stand-in that ends with the test. */
export async function openAiApi(): Promise<OpenAiApi> {
  const api: OpenAiApi = Object.assign(
    await standIn((request) => modelAnswers(api, request)),
    { asked: [], says: [], env: { AI_BASE_URL: "", ...MODEL_ENVIRONMENT } },
  );
  api.env.AI_BASE_URL = `${api.url}/v1`;
  return api;
}

/** An answer without what a model said. */
export const NO_CONTENT: Mishap = { status: 200, body: completionOf(null) };
