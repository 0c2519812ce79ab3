import { Client } from "@modelcontextprotocol/sdk/client/index.js";
import { StreamableHTTPClientTransport } from "@modelcontextprotocol/sdk/client/streamableHttp.js";
import { expect } from "vitest";
import type { ApiClient, ApiResponse, Json } from "./api-client.ts";
import { afterwards } from "./workspace.ts";

/** What a tool answered. */
export interface Told {
  isError: boolean;
  text: string;
  data: Json;
}

/** The SDK's own client, connected with a key. */
export async function mcpClient({ baseUrl, key }: ApiClient): Promise<Client> {
  const client = new Client({ name: "tests", version: "1.0.0" });
  const headers: Record<string, string> = key === null ? {} : { Authorization: `Bearer ${key}` };
  const url = new URL(`${baseUrl}/functions/v1/mcp`);
  const transport = new StreamableHTTPClientTransport(url, { requestInit: { headers } });
  // Its session id may be undefined, which the interface of transports does not say.
  await client.connect(transport as Parameters<Client["connect"]>[0]);
  afterwards(() => client.close());
  // What is structured in results is checked against the schemas that were listed.
  await client.listTools();
  return client;
}

/** Calls a tool by its name. */
export async function callTool(client: Client, name: string, given: object = {}): Promise<Told> {
  const answer = await client.callTool({ name, arguments: { ...given } });
  const { isError = false, content, structuredContent } = answer as Json;
  expect(content).toEqual([{ type: "text", text: expect.any(String) }]);
  return { isError, text: content[0].text, data: structuredContent };
}

/** Calls a tool that is to answer, and gives what it answered. */
export async function toolResult(client: Client, name: string, given: object = {}): Promise<Json> {
  const told = await callTool(client, name, given);
  expect(told.isError, told.text).toBe(false);
  expect(Buffer.byteLength(told.text)).toBeLessThanOrEqual(32 * 1024);
  return told.data;
}

/** All pages of a list of a tool's result, the first one with the others of it. */
export async function listedOn(
  client: Client,
  name: string,
  given: object,
  list: string,
): Promise<Json[]> {
  const pages: Json[] = [];
  const cursors: string[] = [];
  let cursor: string | undefined;
  do {
    const result = await toolResult(
      client,
      name,
      cursor === undefined ? given : { ...given, cursor },
    );
    pages.push(result[list]);
    cursor = result[list].next_cursor ?? undefined;
    expect(cursors, "a page leads back to one before it").not.toContain(cursor);
    if (cursor !== undefined) cursors.push(cursor);
  } while (cursor !== undefined);
  return pages;
}

/** Calls a tool that is to refuse, and gives its error. */
export async function toolError(client: Client, name: string, given: object = {}): Promise<Json> {
  const told = await callTool(client, name, given);
  expect(told.isError, told.text).toBe(true);
  const { error } = told.data;
  expect(told.text.split("\n")[0]).toBe(error.message);
  return error;
}

/** Sends a message as it is. */
export function sendMessage(
  api: ApiClient,
  message: unknown,
  headers: Record<string, string> = {},
): Promise<ApiResponse> {
  const raw = typeof message === "string" ? message : JSON.stringify(message);
  const accept = "application/json, text/event-stream";
  return api.send("POST", "mcp", {
    raw,
    headers: { accept, "content-type": "application/json", ...headers },
  });
}

/** The message that calls a tool. */
export function calling(name: string, given: unknown) {
  return {
    jsonrpc: "2.0",
    id: 1,
    method: "tools/call",
    params: { name, arguments: given },
  };
}
