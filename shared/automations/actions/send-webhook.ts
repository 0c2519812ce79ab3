import * as z from "zod";
import { sql, statement } from "../../db/sql.ts";
import { storeDelivery } from "../../webhooks/listen.ts";
import { action, Impossible } from "../action.ts";
import { recordNumber } from "../links.ts";

/** Sends the event to a webhook, with the automation; done once the delivery is kept. */
export const sendWebhook = action({
  schema: z.strictObject({ type: z.literal("send_webhook"), integration_id: recordNumber() }),
  links: ({ integration_id }) => [{
    field: "integration_id",
    record: "webhook integration",
    table: "integrations",
    number: integration_id,
    types: ["webhook"],
  }],
  async take({ integration_id }, { runId, place, automation, event, run }) {
    const gone = new Impossible("The webhook is gone.");
    const [[found] = []] = await run([statement(sql`
      select id from crm.integrations where number = ${integration_id} and type = 'webhook'`)]);
    if (found === undefined) throw gone;
    const { number: id, name } = automation;
    const cause = `${runId} ${place}`;
    const [[stored] = []] = await run([
      storeDelivery(String(found.id), cause, event, { id, name }),
    ]);
    if (stored?.id == null) throw gone;
    return "done";
  },
});
