import * as z from "zod";
import { connectorChange } from "../../../connectors/definition-schema.ts";
import { deliveries } from "../../../connectors/deliveries.ts";
import { rehearseReplay } from "../../../connectors/replay.ts";
import { uuid } from "../../../crm/values/fields.ts";
import { jsonBody, SINGLE_LIMIT } from "../../../http/body.ts";
import { parseQuery } from "../../../http/query.ts";
import { collectMistakes, validated } from "../../../refusals/validation.ts";
import type { LumenbaseOperation } from "../contract.ts";
import { answerRehearsed } from "./answer.ts";
import { contextOf } from "./context.ts";

const parameters = z.strictObject({ id: uuid() });
/** What of a connector says how an event is read. */
const body = connectorChange.pick({
  field_map: true,
  defaults: true,
  matching: true,
  items: true,
  event_id: true,
  skip: true,
  test: true,
  prepare: true,
});

/** POST: tells what the delivery of `?id=` would become with its connector changed so; writes nothing. */
export const rehearseDelivery: LumenbaseOperation = {
  kind: "write",
  body: jsonBody(SINGLE_LIMIT),
  contract: { action: "rehearse", resource: deliveries, parameters, body },
  async run(call) {
    const [{ id }, change] = collectMistakes(
      () => parseQuery(parameters, call.query),
      () => validated(body, call.object()),
    );
    return await answerRehearsed(call, () => rehearseReplay(contextOf(call), id, change));
  },
};
