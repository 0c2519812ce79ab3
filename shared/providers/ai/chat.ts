import * as z from "zod";
import { lazy } from "../../memory/lazy.ts";
import { mended } from "../../refusals/storable.ts";
import { askService } from "../outgoing/ask-service.ts";
import { ProviderFailed } from "../outgoing/provider-failed.ts";
import { baseUrl, bearer, type Service } from "../outgoing/service.ts";

const TIMEOUT_MS = 60_000;
const MOST_BYTES = 1_048_576;

/** An endpoint that is compatible with OpenAI's, and the model that is asked there. */
export type AiService = Service & { model: string };

/** What was said before. */
export interface Turn {
  role: "user" | "assistant";
  content: string;
}

/** What a model is asked. */
export interface Asked {
  /** What it is to do: a text of ours, in which nothing stands that others wrote. */
  system: string;
  /** What it is to do that with, which others wrote. */
  user: string;
  history?: readonly Turn[];
}

const completion = lazy(() =>
  z.looseObject({
    choices: z.tuple(
      [z.looseObject({ message: z.looseObject({ content: z.string() }) })],
      z.unknown(),
    ),
  })
);

const failure = lazy(() => z.looseObject({ error: z.looseObject({ code: z.string() }) }));

/** The service that is configured; null when a variable is missing. */
export function aiService(env: Readonly<Record<string, string | undefined>>): AiService | null {
  const { AI_BASE_URL: url, AI_API_KEY: key, AI_MODEL: model } = env;
  if (!url || !key || !model) return null;
  return {
    name: "The AI service",
    url: baseUrl(url, ""),
    access: bearer(key),
    codeOf: (body) => failure().safeParse(body).data?.error.code ?? null,
    timeoutMs: TIMEOUT_MS,
    model,
  };
}

/** What a model answers, in time for all tries together. Throws ProviderFailed, also when it says nothing. */
export async function complete(
  ai: AiService,
  { system, user, history = [] }: Asked,
): Promise<string> {
  const messages = [
    { role: "system", content: system },
    ...history,
    { role: "user", content: user },
  ];
  const { status, body } = await askService(ai, {
    method: "POST",
    path: "/chat/completions",
    json: { model: ai.model, messages },
    mostBytes: MOST_BYTES,
    signal: AbortSignal.timeout(ai.timeoutMs ?? TIMEOUT_MS),
  });
  const said = completion().safeParse(body).data?.choices[0].message.content ?? "";
  if (said.trim() !== "") return String(mended(said));
  const failing = { status, code: null, mayHaveHappened: true };
  throw new ProviderFailed(`${ai.name} answered no text.`, failing);
}

/** The JSON that a model answered, alone or within a code fence, as a schema takes it; null for anything else. */
export function jsonWithin<T extends z.ZodType>(text: string, schema: T): z.output<T> | null {
  const read = schema.safeParse(parsed(text));
  return read.success ? read.data : null;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(withoutFence(text.trim()));
  } catch {
    return undefined;
  }
}

// A fence may name a language in its first line.
function withoutFence(text: string): string {
  const firstEnd = text.indexOf("\n");
  return text.startsWith("```") && text.endsWith("```") && firstEnd > 0
    ? text.slice(firstEnd, -3)
    : text;
}
