import { expect, test } from "vitest";
import type { Json } from "../support/api-client.ts";
import { programs } from "../support/senders/programs.ts";
import { testWorkspace } from "../support/workspace.ts";

test.each(Object.entries(programs))("%s", async (_, requests) => {
  const { api } = await testWorkspace();
  const ids: string[] = [];
  for (const { method, path, body, headers, status = 200, data, mistakes } of requests) {
    const at = path.replace(/\{(\d)\}/g, (_match, index) => ids[index] ?? "");
    const answer = await api.send(method ?? (body === undefined ? "GET" : "POST"), at, {
      body,
      headers: headers ?? {},
    });
    expect(answer.status, answer.text).toBe(status);
    expect(answer.body.data ?? {}).toMatchObject(data ?? {});
    expect(mistakesOf(answer.body)).toMatch(mistakes ?? /^$/);
    ids.push(answer.body.data?.id);
  }
});

function mistakesOf({ error }: Json): string {
  const fields: Json[] = error?.details.fields ?? [];
  return fields.map(({ field, message }) => `${field}: ${message}`).join(" ");
}
