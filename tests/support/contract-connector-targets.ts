import type { ApiResponse } from "./api-client.ts";
import { type ConnectorWorld, keyed, tokened } from "./contract-connector-world.ts";

type Send = (world: ConnectorWorld) => Promise<ApiResponse>;

/** What is sent through a connector, the status of the answer, and the schema that fits it. */
export type ConnectorCase = [name: string, status: number, schema: string, send: Send];

/** Makes a request of it a dry run. */
export const DRY = "&dry_run=true";

/** What the second of two is answered with. */
export const twice = async (send: () => Promise<ApiResponse>) => {
  await send();
  return await send();
};

// The id is one contact's and the email another's.
const conflicting = async (w: ConnectorWorld, send: (event: object) => Promise<ApiResponse>) => {
  const { email } = w.good();
  await w.workspace.api.post(w.path, { email });
  const { body } = await w.workspace.api.post(w.path, { last_name: "Roe" });
  return await send({ id: body.data.id, email });
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

/** What only an event of one target meets. */
export const OF_TARGET = { contact: OF_CONTACTS, activity: OF_ACTIVITIES };
