import { answer } from "../envelope.ts";
import { Buffer } from "node:buffer";
import * as z from "zod";
import { deliveries, selectDelivery } from "../../../connectors/deliveries.ts";
import { uuid } from "../../../crm/values/fields.ts";
import { jsonObject } from "../../../formats/json-object.ts";
import type { Fields } from "../../../crm/plan.ts";
import { requireRecord } from "../../../crm/records.ts";
import type { LumenbaseOperation } from "../contract.ts";
import { parseQuery } from "../../../http/query.ts";
import { retrieveOrList } from "../record-reads.ts";

const byId = z.strictObject({ id: uuid() });
const list = retrieveOrList(deliveries);

/** A delivery with what was received. */
const detailed = deliveries.schema.extend({
  body: z.string(),
  body_encoding: z.enum(["utf-8", "base64"]),
  looked_up: jsonObject.nullable(),
});

/** GET: the delivery of `?id=` with its body, or a page of the list without bodies. */
export const retrieveOrListDeliveries: LumenbaseOperation = {
  ...list,
  ...(list.contract ? { contract: { ...list.contract, answer: detailed } } : {}),
  async run(call) {
    if (!call.query.has("id")) return await list.run(call);
    const { id } = parseQuery(byId, call.query);
    const [rows] = await call.workspace.read([selectDelivery(id)]);
    const { body, part: _, ...delivery } = requireRecord(deliveries, id, rows);
    return answer(call, 200, { ...delivery, ...readable(body) });
  },
};

function readable(body: unknown): Fields {
  const bytes = body instanceof Uint8Array ? body : new Uint8Array();
  try {
    const text = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
    return { body: text, body_encoding: "utf-8" };
  } catch {
    return { body: Buffer.from(bytes).toString("base64"), body_encoding: "base64" };
  }
}
