import * as z from "zod";
import { expect, test } from "vitest";
import { type AiService, aiService, complete, jsonWithin } from "../../shared/providers/ai/chat.ts";
import type { ProviderFailed } from "../../shared/providers/outgoing/provider-failed.ts";
import { NO_CONTENT, type OpenAiApi, openAiApi } from "../support/providers/openai-api.ts";
import { stubServer } from "../support/stub-server.ts";

function serviceOf(api: OpenAiApi, more: Record<string, string> = {}): AiService {
  const ai = aiService({ ...api.env, ...more });
  if (ai === null) throw new Error("not configured");
  return ai;
}

const failing = (work: Promise<string>): Promise<Partial<ProviderFailed>> =>
  work.then((text) => ({ message: text }), (error: ProviderFailed) => error);

test("a model is asked in the documented form", async () => {
  const api = await openAiApi();
  api.says.push(" Dear Jane \0\ud800");
  const history = [{ role: "user" as const, content: "Hi" }, {
    role: "assistant" as const,
    content: "Hello",
  }];
  expect(await complete(serviceOf(api), { system: "Help.", user: "Grüße 日本\n", history }))
    .toBe(" Dear Jane \ufffd");
  expect(api.asked).toEqual([{
    model: api.env.AI_MODEL,
    messages: [
      { role: "system", content: "Help." },
      ...history,
      { role: "user", content: "Grüße 日本\n" },
    ],
  }]);
  const { method, path, headers } = api.seen[0] ?? {};
  expect([method, path, headers?.authorization, headers?.["content-type"]])
    .toEqual(["POST", "/v1/chat/completions", "Bearer sk-stand-in", "application/json"]);
});

test("a service is configured by three variables, and waits a minute", async () => {
  const { env } = await openAiApi();
  expect(aiService({ ...env, AI_BASE_URL: "https://ai.example.com/v1//" }))
    .toMatchObject({ url: "https://ai.example.com/v1", model: env.AI_MODEL, timeoutMs: 60_000 });
  for (const name of Object.keys(env)) {
    expect(aiService({ ...env, [name]: undefined }), name).toBeNull();
    expect(aiService({ ...env, [name]: "" }), name).toBeNull();
  }
});

test.each<[string, Record<string, string>, object]>([
  ["key", { AI_API_KEY: "sk-other" }, { status: 401, code: "invalid_api_key" }],
  ["model", { AI_MODEL: "gpt-0" }, { status: 404, code: "model_not_found" }],
])("a %s that is refused is a failure with the service's code", async (_, env, expected) => {
  const api = await openAiApi();
  const error = await failing(complete(serviceOf(api, env), { system: "Help.", user: "Hi" }));
  expect(error).toMatchObject({ kind: "provider_failed", mayHaveHappened: false, ...expected });
  expect(error.message).not.toContain("sk-other");
});

test("what fails, says nothing or too much is a failure; too many requests are waited out", async () => {
  const api = await openAiApi();
  const ask = () => failing(complete(serviceOf(api), { system: "Help.", user: "Hi" }));
  const mishaps = [
    NO_CONTENT,
    { status: 200, body: { choices: [] } },
    { status: 200, body: "<html>" },
    { status: 500, body: { error: { message: "boom", type: "server_error", code: null } } },
    { cut: "after" as const },
    { status: 200, body: " ".repeat(9 * 1024 * 1024) },
  ];
  for (const mishap of mishaps) {
    api.mishaps.push(mishap);
    expect(await ask()).toMatchObject({ kind: "provider_failed", code: null });
  }
  expect(api.seen).toHaveLength(mishaps.length);
  api.mishaps.push({ status: 429, headers: { "retry-after": "0" } });
  expect(await ask()).toEqual({ message: "You said: Hi" });
  expect(api.seen).toHaveLength(mishaps.length + 2);
});

test("a model that does not answer in time is a failure", async () => {
  const url = await stubServer(() => {});
  const api = { ...await openAiApi(), url };
  const ai = { ...serviceOf(api, { AI_BASE_URL: url }), timeoutMs: 100 };
  expect(await failing(complete(ai, { system: "Help.", user: "Hi" })))
    .toMatchObject({ kind: "provider_failed", status: null, mayHaveHappened: true });
});

test("JSON is read alone or within a code fence", () => {
  const schema = z.object({ subject: z.string() });
  const read = (text: string) => jsonWithin(text, schema);
  const json = JSON.stringify({ subject: "```Hi\n", more: 1 }, null, 2);
  const mail = { subject: "```Hi\n" };
  expect(read(json)).toEqual(mail);
  expect(read(`\n${json}\n`)).toEqual(mail);
  expect(read("```json\n" + json + "\n```\n")).toEqual(mail);
  expect(read("```\n" + json + "```")).toEqual(mail);
  for (const text of ["", "Hi", "```", "``````", '{"subject": 1}', "{", `Sure: ${json}`]) {
    expect(read(text), text).toBeNull();
  }
});
