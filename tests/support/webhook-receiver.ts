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
  /** The statuses to answer with, once each, when they are known. */
  answers: Answer[];
  /** The status to answer with when there is none of those; 204 unless set. */
  otherwise(request: Received): Answer;
}

type Answer = number | Promise<number>;

/** Starts a receiver that ends with the test. */
export async function webhookReceiver(...answers: Answer[]): Promise<WebhookReceiver> {
  const receiver: WebhookReceiver = { url: "", requests: [], answers, otherwise: () => 204 };
  const url = await stubServer((request, response) => {
    let body = "";
    request.setEncoding("utf8").on("data", (text: string) => body += text).on("end", () => {
      const { method = "", url: path = "", headers } = request;
      const received = { method, path, headers, body, at: Date.now() };
      receiver.requests.push(received);
      const status = Promise.resolve(receiver.answers.shift() ?? receiver.otherwise(received));
      void status.then((known) => response.writeHead(known).end());
    });
  });
  receiver.url = `${url}/hook?of=shop`;
  return receiver;
}

/** An answer that is given later: what was tried before can be looked at until then, within 15 s. */
export function laterAnswer(): { answer: Promise<number>; give(status: number): void } {
  let give = (_status: number): void => {};
  const answer = new Promise<number>((resolve) => give = resolve);
  return { answer, give: (status) => give(status) };
}

/** What a delivery says, if the secret proves it to be genuine. */
export function verified({ headers, body }: Received, secret: string): unknown {
  return new Webhook(secret).verify(body, headers as Record<string, string>);
}
