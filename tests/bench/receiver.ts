import assert from "node:assert/strict";
import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { Webhook } from "standardwebhooks";

interface Delivery {
  headers: Record<string, string>;
  body: string;
  /** Milliseconds, as `performance.now()` tells them. */
  at: number;
}

/** A server that webhooks are sent to. */
export class Receiver {
  readonly url: string;
  readonly #server;
  readonly #deliveries: Delivery[] = [];
  #waiting: { count: number; resolve(): void } | null = null;

  private constructor(server: ReturnType<typeof createServer>) {
    this.#server = server;
    this.url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
    server.on("request", (request, response) => {
      let body = "";
      request.setEncoding("utf8").on("data", (text: string) => body += text).on("end", () => {
        response.writeHead(204).end();
        const headers = request.headers as Record<string, string>;
        this.#deliveries.push({ headers, body, at: performance.now() });
        if (this.#deliveries.length === this.#waiting?.count) this.#waiting.resolve();
      });
    });
  }

  static async start(): Promise<Receiver> {
    const server = createServer().listen(0, "127.0.0.1");
    await once(server, "listening");
    return new Receiver(server);
  }

  /** Resolves when so many more have come than were taken. */
  async received(count: number): Promise<void> {
    if (this.#deliveries.length >= count) return;
    await new Promise<void>((resolve) => this.#waiting = { count, resolve });
  }

  /**
   * Takes what has come: when each lead's was there, by the lead's last name. Throws unless all are
   * told once, of new leads, with a signature of one of the secrets.
   */
  take(secrets: readonly string[]): Map<string, number> {
    const webhooks = secrets.map((secret) => new Webhook(secret));
    const times = new Map<string, number>();
    for (const { headers, body, at } of this.#deliveries.splice(0)) {
      assert.ok(webhooks.some((webhook) => isGenuine(webhook, body, headers)), body);
      const { type, data } = JSON.parse(body) as Told;
      assert.equal(type, "lead.created");
      assert.ok(!times.has(data.lead.last_name), `${data.lead.last_name} was told twice`);
      times.set(data.lead.last_name, at);
    }
    return times;
  }

  stop(): void {
    this.#server.close();
    this.#server.closeAllConnections();
  }
}

interface Told {
  type: string;
  data: { lead: { last_name: string } };
}

function isGenuine(webhook: Webhook, body: string, headers: Record<string, string>): boolean {
  try {
    webhook.verify(body, headers);
    return true;
  } catch {
    return false;
  }
}
