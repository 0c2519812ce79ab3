import { expect, test } from "vitest";
import { testGateway } from "../support/gateway.ts";
import { pageText, readmeExamples } from "../support/readme.ts";
import { runExample } from "../support/run-example.ts";

test("MCP's example calls a tool by one POST", async () => {
  const { gateway } = await testGateway();
  const [example] = readmeExamples("mcp");
  const output = await runExample({ language: "sh", code: example?.code ?? "" }, gateway);
  expect(JSON.parse(output)).toMatchObject({
    jsonrpc: "2.0",
    id: 1,
    result: { structuredContent: { people: { items: [], total: 0, left_off: 0 } } },
  });
});

test("what clients are set up with is JSON, with the path that is served", () => {
  const [, json = ""] = /```json\n([^]*?)```/.exec(pageText("shared/dialects/mcp/README.md")) ?? [];
  const { lumenbase: { url, headers } } = JSON.parse(json).mcpServers;
  expect(new URL(url).pathname).toBe("/functions/v1/mcp");
  expect(headers.Authorization).toMatch(/^Bearer lb_live_/);
});
