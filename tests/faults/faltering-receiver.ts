import { stubServer } from "../support/stub-server.ts";
import { type Received, verified } from "../support/webhook-receiver.ts";
import { dice } from "./form.ts";

/** A receiver of webhooks that fails at some of what it gets the first time. */
export interface FalteringReceiver {
  url: string;
  /** What it got whole, whatever it answered. */
  requests: Received[];
  /** Why it took some for forged. */
  forged: unknown[];
  /** What they are signed with; to be told before the first one comes. */
  secret: string;
}

/** Starts one, which closes early, before or after it has all, or answers 500. */
export async function falteringReceiver(): Promise<FalteringReceiver> {
  const receiver: FalteringReceiver = { url: "", requests: [], forged: [], secret: "" };
  const seen = new Set<unknown>();
  const random = dice("receiver");
  receiver.url = await stubServer((request, response) => {
    const { method = "", url: path = "", headers } = request;
    const id = headers["webhook-id"];
    const fault = seen.has(id) ? 1 : random();
    seen.add(id);
    if (fault < 0.05) return request.socket.destroy();
    let body = "";
    request.setEncoding("utf8").on("data", (text: string) => body += text).on("end", () => {
      take(receiver, { method, path, headers, body, at: Date.now() });
      if (fault < 0.1) request.socket.destroy();
      else response.writeHead(fault < 0.2 ? 500 : 204).end();
    });
  });
  return receiver;
}

// As it comes: minutes later its signature is too old.
function take({ requests, forged, secret }: FalteringReceiver, request: Received): void {
  requests.push(request);
  try {
    verified(request, secret);
  } catch (error) {
    forged.push(error);
  }
}
