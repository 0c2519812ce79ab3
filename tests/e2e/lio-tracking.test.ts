import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { ApiResponse, Json } from "../support/api-client.ts";
import { expectLioError } from "../support/lio.ts";
import { leadOf } from "../support/lio-leads.ts";
import { type Sender, senderAt } from "../support/lio-mail.ts";
import { type MailServices, mailServices } from "../support/mail-services.ts";
import { asOwner } from "../support/workspace.ts";

const TARGET = "https://ACME.com/a%2fb?q=%C3%BC&x=1|2#Part";
const HTML = `<html><body><a href="https://ACME.com/a%2fb?q=%C3%BC&amp;x=1|2#Part">A</a>
<a href='http://b.example'>B</a><a href="mailto:x@y.z">M</a><a href="#top">T</a></body></html>`;

let services: MailServices;
beforeAll(async () => {
  services = await mailServices();
});
afterAll(() => services.stop());

interface Tracked extends Sender {
  lead: Json;
  html: string;
  /** Follows a link of the mail, by its use and place, as its recipient does. */
  follow(use: "open" | "click", nth?: number, method?: string, query?: string): Promise<Response>;
  signals(): Promise<string[]>;
  counts(): Promise<Json>;
}

/** A mail that a lead got. */
async function tracked(): Promise<Tracked> {
  const sender = await senderAt(services, "gmail");
  const lead = await leadOf(sender.api, { email: "jane@acme.com" });
  const { body } = await sender.send({ body: HTML });
  const html = services.gmail.mailbox.at(-1)?.html ?? "";
  const addresses = [...html.matchAll(/lio\/api\/v1\/track\/(open|click)\/[\w-]+/g)];
  const of = (use: string) => addresses.filter(([, its]) => its === use).map(([path]) => path);
  return {
    ...sender,
    lead,
    html,
    follow: (use, nth = 0, method = "GET", query = "") =>
      fetch(`${services.url}/functions/v1/${of(use)[nth]}${query}`, { method, redirect: "manual" }),
    async signals() {
      const rows = await asOwner<{ signal_type: string }>(
        "select signal_type from crm.intent_signals where workspace_id = $1 order by number",
        [sender.workspace.id],
      );
      return rows.map(({ signal_type }) => signal_type);
    },
    async counts() {
      const [row] = await asOwner<Json>(
        "select opens, clicks from crm.messages where workspace_id = $1 and message_id = $2",
        [sender.workspace.id, body.data.message_id],
      );
      return row;
    },
  };
}

describe("an open", () => {
  test("counts each time, and the third one more", async () => {
    const { follow, signals, counts, html, lead, api } = await tracked();
    expect(html).toMatch(/<img src="[^"]+\/track\/open\/[^"]+"[^>]*><\/body>/);
    for (let nth = 1; nth <= 4; nth++) {
      const answer = await follow("open");
      expect(answer.status).toBe(200);
      expect(answer.headers.get("content-type")).toBe("image/gif");
      expect(answer.headers.get("cache-control")).toBe("no-store");
      const image = Buffer.from(await answer.arrayBuffer());
      expect(image.subarray(0, 10).toString("latin1")).toBe("GIF89a\x01\0\x01\0");
    }
    const opened = "email_opened";
    expect(await signals()).toEqual([opened, opened, opened, "email_opened_3x", opened]);
    expect(await counts()).toEqual({ opens: 4, clicks: 0 });
    const { data } = (await api.get(`feed/list?model_type=lead&model_id=${lead.id}`)).body;
    expect(data.map(({ event }: { event: string }) => event)).toContain(opened);
  });

  test("of many at once makes the third one just once", async () => {
    const { follow, signals } = await tracked();
    await Promise.all(Array.from({ length: 8 }, () => follow("open")));
    expect((await signals()).filter((type) => type === "email_opened_3x")).toHaveLength(1);
    expect(await signals()).toHaveLength(9);
  });

  test("by HEAD counts for nothing, as does a token that nobody made", async () => {
    const { follow, signals, counts } = await tracked();
    expect((await follow("open", 0, "HEAD")).status).toBe(200);
    expect((await follow("click", 0, "HEAD")).headers.get("location")).toBe(TARGET);
    for (const token of ["x", "A".repeat(68), "%00", "..%2f"]) {
      const answer = await fetch(`${services.url}/functions/v1/lio/api/v1/track/open/${token}`);
      expect([answer.status, answer.headers.get("content-type")]).toEqual([200, "image/gif"]);
    }
    expect(await signals()).toEqual([]);
    expect(await counts()).toEqual({ opens: 0, clicks: 0 });
  });
});

describe("a click", () => {
  test("leads to the address of the link, byte for byte, whatever is added", async () => {
    const { follow, signals, counts, html } = await tracked();
    expect(html).toContain('href="mailto:x@y.z"');
    expect(html).toContain('href="#top"');
    for (const query of ["", "?url=https://evil.example", "?to=//evil.example&redirect=x"]) {
      const answer = await follow("click", 0, "GET", query);
      expect(answer.status).toBe(302);
      expect(answer.headers.get("location")).toBe(TARGET);
    }
    expect((await follow("click", 1)).headers.get("location")).toBe("http://b.example");
    expect(await signals()).toEqual(Array(4).fill("link_clicked"));
    expect(await counts()).toEqual({ opens: 0, clicks: 4 });
  });

  test("on a link that nobody made leads nowhere", async () => {
    const { api, html } = await tracked();
    const [, open = ""] = /track\/open\/([\w-]+)/.exec(html) ?? [];
    const [, made = ""] = /track\/click\/([\w-]+)/.exec(html) ?? [];
    const mistyped = `${made.startsWith("A") ? "B" : "A"}${made.slice(1)}`;
    for (const token of ["x", open, mistyped, `${made}A`]) {
      const answer: ApiResponse = await api.get(`v1/track/click/${token}`);
      expectLioError(answer, 404, "not_found");
      expect(answer.headers.get("location")).toBeNull();
    }
  });

  test("of a mail about nobody is counted, and no signal", async () => {
    const sender = await senderAt(services, "gmail");
    await sender.send({ body: HTML });
    const html = services.gmail.mailbox.at(-1)?.html ?? "";
    const [path] = /lio\/api\/v1\/track\/click\/[\w-]+/.exec(html) ?? [];
    const answer = await fetch(`${services.url}/functions/v1/${path}`, { redirect: "manual" });
    expect(answer.headers.get("location")).toBe(TARGET);
    const [row] = await asOwner<{ clicks: number; signals: string }>(
      `select clicks, (select count(*) from crm.intent_signals s where s.workspace_id = m.workspace_id)
        as signals from crm.messages m where workspace_id = $1`,
      [sender.workspace.id],
    );
    expect(row).toEqual({ clicks: 1, signals: "0" });
  });
});
