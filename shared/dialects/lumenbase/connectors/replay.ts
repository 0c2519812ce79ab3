import * as z from "zod";
import { deliveries } from "../../../connectors/deliveries.ts";
import { rehearseReplay, replay } from "../../../connectors/replay.ts";
import { uuid } from "../../../crm/values/fields.ts";
import { parseQuery } from "../../../http/query.ts";
import type { LumenbaseOperation } from "../contract.ts";
import { dryRunParameter } from "../dry-run.ts";
import { answerEvents, answerRehearsed } from "./answer.ts";
import { contextOf } from "./context.ts";

const parameters = z.strictObject({ id: uuid(), dry_run: dryRunParameter() });

/**
 * POST: takes the delivery of `?id=` up again, as its connector is now; answers as the ingest endpoint
 * would have.
 */
export const replayDelivery: LumenbaseOperation = {
  kind: "write",
  contract: { action: "replay", resource: deliveries, parameters },
  async run(call) {
    const { id, dry_run } = parseQuery(parameters, call.query);
    const context = contextOf(call);
    return dry_run
      ? await answerRehearsed(call, () => rehearseReplay(context, id))
      : answerEvents(call, await replay(context, id));
  },
};
