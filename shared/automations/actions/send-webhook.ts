import * as z from "zod";
import { action } from "../action.ts";
import { recordNumber } from "../links.ts";

/** Sends the event to a webhook. */
export const sendWebhook = action({
  schema: z.strictObject({ type: z.literal("send_webhook"), integration_id: recordNumber() }),
  links: ({ integration_id }) => [{
    field: "integration_id",
    record: "webhook integration",
    table: "integrations",
    number: integration_id,
    types: ["webhook"],
  }],
  take: () => Promise.reject(new Error("not yet")),
});
