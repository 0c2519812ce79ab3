import { gzipSync } from "node:zlib";
import { type ConnectorCase, DRY, OF_TARGET, twice } from "./contract-connector-targets.ts";
import {
  type ConnectorWorld,
  inParts,
  keyed,
  type Target,
  tokened,
} from "./contract-connector-world.ts";

const form = { "content-type": "application/x-www-form-urlencoded" };
const packed = { "content-encoding": "gzip" };
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
