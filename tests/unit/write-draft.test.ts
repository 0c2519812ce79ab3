import { expect, test } from "vitest";
import { writeDraft } from "../../shared/drafting/write-draft.ts";
import { aiService } from "../../shared/providers/ai/chat.ts";
import { openAiApi } from "../support/providers/openai-api.ts";

test("a draft that is too long is cut where it is, between characters", async () => {
  const api = await openAiApi();
  const ai = aiService(api.env);
  if (ai === null) throw new Error("not configured");
  const written = (subject: string, body: string) => {
    api.says.push(JSON.stringify({ subject, body }));
    return writeDraft(ai, { persona: "professional", lead: {} });
  };
  const [subject, body] = ["s".repeat(255), "b".repeat(100_000)];
  expect(await written(`${subject}s`, `${body}b`)).toEqual({ subject, body });
  expect(await written(subject, body)).toEqual({ subject, body });
  expect((await written("👩".repeat(128), "x")).subject).toBe("👩".repeat(127));
});
