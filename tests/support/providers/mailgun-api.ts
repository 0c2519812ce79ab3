import PostalMime, { type Email } from "postal-mime";
import { type Answered, type Seen, type StandIn, standIn } from "./stand-in.ts";

/** A local server that answers as Mailgun's API does for messages.mime. */
export interface MailgunApi extends StandIn {
  domain: string;
  apiKey: string;
  /** What it took, and for whom. */
  queue: { to: string[]; email: Email; raw: string }[];
}

/** Starts a stand-in that ends with the test. */
export async function mailgunApi(domain: string, apiKey: string): Promise<MailgunApi> {
  const api: MailgunApi = Object.assign(
    await standIn((request) => answered(api, request)),
    { domain, apiKey, queue: [] },
  );
  return api;
}

async function answered(
  { domain, apiKey, queue }: MailgunApi,
  request: Seen,
): Promise<Answered> {
  const { method, path, headers, body } = request;
  if (headers.authorization !== `Basic ${Buffer.from(`api:${apiKey}`).toString("base64")}`) {
    return { status: 401, body: "Forbidden" };
  }
  if (method !== "POST" || !/^\/v3\/[^/]+\/messages\.mime$/.test(path)) {
    return { status: 404, body: { message: "Not Found" } };
  }
  if (path.split("/")[2] !== domain) {
    return { status: 404, body: { message: "Domain not found: " + path.split("/")[2] } };
  }
  const type = headers["content-type"] ?? "";
  if (!type.startsWith("multipart/form-data")) {
    return { status: 400, body: { message: "to parameter is missing" } };
  }
  const form = await new Response(new Uint8Array(body), { headers: { "content-type": type } })
    .formData();
  const to = form.getAll("to").map(String);
  const message = form.get("message");
  if (to.length === 0) return { status: 400, body: { message: "to parameter is missing" } };
  if (message === null) return { status: 400, body: { message: "message parameter is missing" } };
  if (typeof message === "string") {
    return { status: 400, body: { message: "'message' parameter is not a file" } };
  }
  const raw = Buffer.from(await message.arrayBuffer()).toString();
  const email = await PostalMime.parse(raw);
  queue.push({ to, email, raw });
  return { status: 200, body: { id: email.messageId, message: "Queued. Thank you." } };
}
