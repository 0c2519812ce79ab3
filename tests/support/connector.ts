import { ApiClient, type ApiResponse, type Json } from "./api-client.ts";
import type { TestWorkspace } from "./workspace.ts";

/** A connector of one test. */
export interface TestConnector {
  id: string;
  slug: string;
  token: string;
  /** What its sender was given. */
  url: string;
  /** Sends as the sender does: to its URL, without a key. */
  send(body: unknown, headers?: Record<string, string>): Promise<ApiResponse>;
  /** Its deliveries, newest first. */
  deliveries(): Promise<Json[]>;
}

const PLAIN = {
  email: "email",
  phone: "phone",
  first_name: "first_name",
  last_name: "last_name",
  message: "message",
};

/** Makes a connector; a contact connector of plain names unless told otherwise. */
export async function testConnector(
  { api }: TestWorkspace,
  body: object = {},
): Promise<TestConnector> {
  const given = { name: "Test", ...body };
  const preset = "preset" in body || "field_map" in body;
  const made = await api.post(
    "v1-public-connectors",
    preset ? given : { target: "contact", field_map: PLAIN, ...given },
  );
  if (made.status !== 201) throw new Error(made.text);
  const { id, slug, token, url } = made.body.data;
  const sender = new ApiClient(api.baseUrl, null);
  const path = url.split("/functions/v1/")[1];
  return {
    id,
    slug,
    token,
    url,
    send: (sent, headers) =>
      typeof sent === "string" || sent instanceof Uint8Array
        ? sender.send("POST", path, { raw: sent as BodyInit, headers })
        : sender.send("POST", path, { body: sent, headers }),
    deliveries: async () =>
      (await api.get(`v1-public-connector-deliveries?connector_id=${id}&per_page=100`)).body.data
        .items,
  };
}
