import type { IncomingHttpHeaders } from "node:http";
import { Webhook } from "standardwebhooks";
import { stubServer } from "./stub-server.ts";

/** A request that a receiver got. */
export interface Received {
  method: string;
  path: string;
  headers: IncomingHttpHeaders;
  body: string;
  /** Unix milliseconds. */
  at: number;
}

/** A server that webhooks are sent to. */
export interface WebhookReceiver {
  url: string;
  requests: Received[];
  /** The statuses to answer with, once each; 204 when there is none. */
  answers: number[];
}

/** Starts a receiver that ends with the test. */
export async function webhookReceiver(...answers: number[]): Promise<WebhookReceiver> {
  const receiver: WebhookReceiver = { url: "", requests: [], answers };
  const url = await stubServer((request, response) => {
    let body = "";
    request.setEncoding("utf8").on("data", (text: string) => body += text).on("end", () => {
      const { method = "", url: path = "", headers } = request;
      receiver.requests.push({ method, path, headers, body, at: Date.now() });
      response.writeHead(receiver.answers.shift() ?? 204).end();
    });
  });
  receiver.url = `${url}/hook?of=shop`;
  return receiver;
}

/** What a delivery says, if the secret proves it to be genuine. */
export function verified({ headers, body }: Received, secret: string): unknown {
  return new Webhook(secret).verify(body, headers as Record<string, string>);
}
