import { gzipSync } from "node:zlib";
import type { ApiResponse } from "./api-client.ts";
import {
  type ConnectorWorld,
  inParts,
  keyed,
  type Target,
  tokened,
} from "./contract-connector-world.ts";

type Send = (world: ConnectorWorld) => Promise<ApiResponse>;

/** What is sent through a connector, the status of the answer, and the schema that fits it. */
export type ConnectorCase = [name: string, status: number, schema: string, send: Send];

const form = { "content-type": "application/x-www-form-urlencoded" };
const packed = { "content-encoding": "gzip" };
const twice = async (send: () => Promise<ApiResponse>) => {
  await send();
  return await send();
};
const several = ({ good, bad }: ConnectorWorld) => ({
  events: [good(), good(), bad, { skip: "No" }, { test: true }],
});

/** With an API key. `Delivered` is completed with the target. */
const KEYED: ConnectorCase[] = [
  ["an event", 201, "Delivered", (w) => keyed(w, w.good())],
  ["an event that the connector's slug takes in parts", 201, "Delivered", inParts],
  ["a urlencoded form", 201, "Delivered", (w) => {
    const raw = new URLSearchParams(w.good() as Record<string, string>).toString();
    return keyed(w, undefined, "", { raw, headers: form });
  }],
  ["an event that came before", 200, "DeliveryTaken", (w) => {
    const event = { ...w.good(), id: "again" };
    return twice(() => keyed(w, event));
  }],
  ["an event to skip", 200, "DeliveryTaken", (w) => keyed(w, { skip: "No" })],
  ["a test", 200, "DeliveryTaken", (w) => keyed(w, { test: true })],
  ["no event", 200, "DeliveryTaken", (w) => keyed(w, { events: [] })],
  ["several events", 201, "DeliveryResults", (w) => keyed(w, [w.good(), w.good()])],
  ["several events, one unusable", 207, "DeliveryResults", (w) => keyed(w, several(w))],
  ["several unusable events", 400, "DeliveryFailed", (w) => keyed(w, { events: [w.bad, w.bad] })],
  ["an unusable event", 400, "DeliveryFailed", (w) => keyed(w, w.bad)],
  ["an unreadable body", 400, "DeliveryFailed", (w) => keyed(w, undefined, "", { raw: "{" })],
  [
    "an event over the day's limit",
    429,
    "DeliveryOverLimit",
    ({ spent, path, good }) =>
      spent.workspace.api.post(`${path}?connector=${spent.connector.slug}`, good()),
  ],
  [
    "several events over the day's limit",
    429,
    "DeliveryOverLimit",
    ({ spent, path, good }) =>
      spent.workspace.api.post(`${path}?connector=${spent.connector.slug}`, [good(), good()]),
  ],
  [
    "another event with the same key",
    409,
    "IdempotencyKeyReused",
    (w) => twice(() => keyed(w, w.good(), "", { headers: { "idempotency-key": "one" } })),
  ],
  [
    "a body over the limit",
    413,
    "PayloadTooLarge",
    (w) => keyed(w, undefined, "", { raw: gzipSync("x".repeat(500 * 1024 + 1)), headers: packed }),
  ],
  [
    "XML",
    415,
    "UnsupportedMediaType",
    (w) => keyed(w, undefined, "", { raw: "<x/>", headers: { "content-type": "text/xml" } }),
  ],
  [
    "an unknown connector",
    404,
    "NotFound",
    ({ workspace, path, good }) => workspace.api.post(`${path}?connector=nobody`, good()),
  ],
  [
    "no reference to a connector",
    400,
    "ValidationError",
    ({ workspace, path, good }) => workspace.api.post(`${path}?connector=-`, good()),
  ],
  [
    "a connector of the other target",
    400,
    "ValidationError",
    ({ workspace, path, other, good }) =>
      workspace.api.post(`${path}?connector=${other.id}`, good()),
  ],
];

const DRY = "&dry_run=true";
const REHEARSED: ConnectorCase[] = [
  ["a dry run", 200, "EventWouldCreate", (w) => keyed(w, w.good(), DRY)],
  [
    "a dry run of an event to skip",
    200,
    "EventWouldBeIgnored",
    (w) => keyed(w, { skip: true }, DRY),
  ],
  ["a dry run of a test", 200, "EventWouldBeIgnored", (w) => keyed(w, { test: true }, DRY)],
  ["a dry run of several", 200, "EventRehearsals", (w) => keyed(w, several(w), DRY)],
  ["a dry run of none", 200, "EventRehearsals", (w) => keyed(w, [], DRY)],
  ["a dry run of an unusable event", 400, "ValidationError", (w) => keyed(w, w.bad, DRY)],
];

const TOKENED: ConnectorCase[] = [
  ["a token's event", 200, "DeliveryTaken", (w) => tokened(w, w.plain.token, w.good())],
  ["a token's events", 200, "DeliveryResults", (w) => tokened(w, w.plain.token, several(w))],
  ["a token's dry run", 403, "Forbidden", (w) => tokened(w, w.plain.token, w.good(), DRY)],
  ["a token of the other target", 403, "Forbidden", (w) => tokened(w, w.other.token, w.good())],
  [
    "a token that is none",
    401,
    "Unauthorized",
    (w) => tokened(w, `${w.plain.token.slice(0, -1)}!`, w.good()),
  ],
  ["a sender without its proof", 401, "Unauthorized", (w) => tokened(w, w.proven.token, w.good())],
  ["a connector over its limit", 429, "ConnectorLimitReached", async (w) => {
    const send = () => tokened(w, w.scarce.token, w.good());
    let answer = await send();
    // The minute may turn between two requests, but not between all of four.
    for (let tries = 0; tries < 3 && answer.status !== 429; tries++) answer = await send();
    return answer;
  }],
];

// The phone is one contact's and the email another's.
const conflicting = async (w: ConnectorWorld, send: (event: object) => Promise<ApiResponse>) => {
  const phone = `+1555${String(Date.now()).slice(-7)}`;
  const { email } = w.good();
  await w.workspace.api.post(w.path, { email });
  await w.workspace.api.post(w.path, { phone, last_name: "Roe" });
  return await send({ phone, email });
};
const OF_CONTACTS: ConnectorCase[] = [
  ["a token's event of nobody", 200, "DeliveryTaken", (w) => tokened(w, w.plain.token, w.bad)],
  [
    "a token's events of nobody",
    200,
    "DeliveryResults",
    (w) => tokened(w, w.plain.token, { events: [w.bad, w.bad] }),
  ],
  [
    "an event whose phone cannot be read",
    201,
    "Delivered",
    (w) => keyed(w, { ...w.good(), phone: "after six" }),
  ],
  [
    "a token's event whose phone cannot be read",
    200,
    "DeliveryTaken",
    (w) => tokened(w, w.plain.token, { ...w.good(), phone: "after six" }),
  ],
  ["an event of a known contact", 200, "Delivered", (w) => {
    const event = w.good();
    return twice(() => keyed(w, event));
  }],
  ["a dry run on a known contact", 200, "EventWouldUpdate", async (w) => {
    const event = w.good();
    await keyed(w, event);
    return await keyed(w, { ...event, name: "Other" }, DRY);
  }],
  [
    "an event of two contacts",
    409,
    "DeliveryConflict",
    (w) => conflicting(w, (event) => keyed(w, event)),
  ],
  [
    "a dry run of an event of two contacts",
    409,
    "DeliveryConflict",
    (w) => conflicting(w, (event) => keyed(w, event, DRY)),
  ],
  [
    "a token's event of two contacts",
    400,
    "DeliveryFailed",
    (w) => conflicting(w, (event) => tokened(w, w.plain.token, event)),
  ],
];

const OF_ACTIVITIES: ConnectorCase[] = [
  ["a token's unusable event", 400, "DeliveryFailed", (w) => tokened(w, w.plain.token, w.bad)],
];

const OF_TARGET = { contact: OF_CONTACTS, activity: OF_ACTIVITIES };

/** Every kind of request through a connector of a target. */
export function connectorCases(target: Target): ConnectorCase[] {
  const all = [...KEYED, ...REHEARSED, ...TOKENED, ...OF_TARGET[target]];
  const name = target === "contact" ? "Contact" : "Activity";
  const completed = (schema: string) =>
    schema === "Delivered"
      ? schema + name
      : schema.replace(/^Event(?=WouldCreate|WouldUpdate)/, `${name}Event`);
  return all.map(([text, status, schema, send]) => [text, status, completed(schema), send]);
}
