import { describe, expect, inject, test } from "vitest";
import { FUNCTIONS_ENVIRONMENT } from "../support/functions-environment.ts";
import { messageRow } from "../support/mail.ts";
import { type OutboundWorld, outboundWorld } from "../support/outbound-email.ts";
import { asOwner } from "../support/workspace.ts";

const PUBLIC = FUNCTIONS_ENVIRONMENT.LUMENBASE_PUBLIC_URL;
const ONE_CLICK = "List-Unsubscribe=One-Click";

/** Follows an address of a message, as its recipient does. */
function follow(address: string, init: RequestInit = {}): Promise<Response> {
  expect(address.startsWith(`${PUBLIC}/crm/mail/`), address).toBe(true);
  const url = address.replace(PUBLIC, `${inject("gatewayUrl")}/functions/v1`);
  return fetch(url, { redirect: "manual", ...init });
}

/** With its last character changed. */
function forged(address: string): string {
  return address.slice(0, -1) + (address.endsWith("A") ? "B" : "A");
}

function unsubscribeAddress({ box }: OutboundWorld): string {
  return /^List-Unsubscribe: <(.*)>\r$/m.exec(box.arrived[0]?.raw ?? "")?.[1] ?? "";
}

const HTML = `<p>Look <a href="https://shop.example/?a=1&amp;b=2">here</a>,
<a href="https://shop.example/two">there</a> or <a href="mailto:ada@example.org">ask</a></p>`;

async function trackedWorld() {
  const world = await outboundWorld();
  const { id } = await world.sent({ htmlBody: HTML, trackOpens: true, trackClicks: true });
  const { html = "", text = "" } = world.box.arrived[0]?.email ?? {};
  const links = [...html.matchAll(/href="([^"]*)"/g)].map(([, href = ""]) => href);
  const pixel = /<img src="([^"]*)"/.exec(html)?.[1] ?? "";
  return { ...world, id, links, pixel, text };
}

describe("tracking", () => {
  test("is not done unless it is asked for", async () => {
    const { sent, box } = await outboundWorld();
    const { id } = await sent({ htmlBody: HTML });
    expect(box.arrived[0]?.email.html?.trim().replaceAll("\r", "")).toBe(HTML);
    expect(await messageRow(id)).toMatchObject({ links: [], opens: 0, clicks: 0 });
  });

  test("tells that a message was opened, and when first", async () => {
    const { id, pixel } = await trackedWorld();
    expect((await follow(pixel, { method: "HEAD" })).status).toBe(200);
    expect(await messageRow(id)).toMatchObject({ opens: 0, first_opened_at: null });
    const answers = await Promise.all([follow(pixel), follow(pixel)]);
    const first = await messageRow(id);
    expect(first).toMatchObject({ opens: 2, first_opened_at: expect.any(Date), clicks: 0 });
    const broken = await follow(forged(pixel));
    expect(await messageRow(id)).toEqual(first);
    const bodies = await Promise.all([...answers, broken].map(async (response) => {
      expect([response.status, response.headers.get("content-type")]).toEqual([200, "image/gif"]);
      expect(response.headers.get("cache-control")).toBe("no-store");
      return Buffer.from(await response.arrayBuffer()).toString("base64");
    }));
    expect(new Set(bodies).size).toBe(1);
  });

  test("tells which links are followed, which lead where they led", async () => {
    const { id, links, text } = await trackedWorld();
    expect(links).toHaveLength(3);
    expect(links[2]).toBe("mailto:ada@example.org");
    expect(text).toContain("https://shop.example/?a=1&b=2");
    expect(text).not.toContain("/crm/mail/");
    for (
      const [i, address] of ["https://shop.example/?a=1&b=2", "https://shop.example/two"].entries()
    ) {
      const { status, headers } = await follow(links[i]!);
      expect([status, headers.get("location"), headers.get("cache-control")]).toEqual([
        302,
        address,
        "no-store",
      ]);
    }
    expect(await messageRow(id)).toMatchObject({
      clicks: 2,
      first_clicked_at: expect.any(Date),
      opens: 0,
    });
  });

  test("redirects nowhere else: forged tokens, those of another use, addresses of one's own", async () => {
    const { id, links, pixel } = await trackedWorld();
    const [link = ""] = links;
    const token = link.split("/").at(-1)!;
    const wrong = [
      forged(link),
      link.replace(token, pixel.split("/").at(-1)!),
      `${PUBLIC}/crm/mail/click/https%3A%2F%2Fevil.example`,
      `${PUBLIC}/crm/mail/click/${"A".repeat(68)}`,
    ];
    const said = await Promise.all(wrong.map(async (address) => {
      const response = await follow(address);
      expect([response.status, response.headers.get("location")]).toEqual([404, null]);
      return await response.text();
    }));
    expect(new Set(said).size).toBe(1);
    const { headers } = await follow(`${link}?url=https://evil.example`);
    expect(headers.get("location")).toBe("https://shop.example/?a=1&b=2");
    await asOwner("delete from crm.messages where id = $1", [id]);
    const gone = await follow(link);
    expect([gone.status, await gone.text()]).toEqual([404, said[0]]);
  });
});

describe("unsubscribing", () => {
  const contactOf = async ({ api, contactId }: OutboundWorld) =>
    (await api.get(`crm/api/crm/contacts/${contactId}`)).body;

  test("is one click (RFC 8058), and no mail goes to the contact after it", async () => {
    const world = await outboundWorld();
    await world.sent();
    const address = unsubscribeAddress(world);
    const page = await follow(address);
    expect([page.status, page.headers.get("content-type")]).toEqual([
      200,
      "text/html; charset=utf-8",
    ]);
    expect(await page.text()).toMatch(/<form method="post"><button>Unsubscribe<\/button><\/form>/);
    expect((await contactOf(world)).unsubscribed).toBe(false);
    const headers = { "content-type": "application/x-www-form-urlencoded" };
    for (let i = 0; i < 2; i++) {
      const answer = await follow(address, { method: "POST", body: ONE_CLICK, headers });
      expect([answer.status, answer.headers.get("cache-control")]).toEqual([200, "no-store"]);
      expect(await answer.text()).toContain("You are unsubscribed.");
    }
    expect(await contactOf(world)).toMatchObject({ unsubscribed: true, email: "ada@example.org" });
    expect((await world.send()).status).toBe(409);
    const [event] = await asOwner<{ actor: unknown }>(
      `select actor from crm.events where workspace_id = $1 and resource = 'contacts'
         and action = 'updated'`,
      [world.workspace.id],
    );
    expect(event!.actor).toMatchObject({ kind: "message" });
  });

  test("works by the form of a browser too, and by no broken link", async () => {
    const world = await outboundWorld();
    await world.sent();
    const address = unsubscribeAddress(world);
    for (const method of ["GET", "POST"]) {
      const { status } = await follow(forged(address), { method });
      expect(status).toBe(404);
    }
    expect((await follow(address, { method: "PUT" })).status).toBe(405);
    expect((await contactOf(world)).unsubscribed).toBe(false);
    const body = new FormData();
    body.set("List-Unsubscribe", "One-Click");
    expect((await follow(address, { method: "POST", body })).status).toBe(200);
    expect((await contactOf(world)).unsubscribed).toBe(true);
  });

  test("of somebody who is no contact is kept all the same, and is not the lead's contact's", async () => {
    const world = await outboundWorld();
    await world.sent({ to: ["eve@example.org"] });
    expect((await follow(unsubscribeAddress(world), { method: "POST" })).status).toBe(200);
    expect((await contactOf(world)).unsubscribed).toBe(false);
    const { body } = await world.api.get("crm/api/crm/contacts?search=eve");
    expect(body.contacts).toMatchObject([{ email: "eve@example.org", unsubscribed: true }]);
    expect((await world.send({ to: ["eve@example.org"] })).status).toBe(409);
    expect((await world.send()).status).toBe(202);
  });
});
