import * as z from "zod";
import * as answers from "../../crm/values/record-schema.ts";
import { scope } from "../../http/operation.ts";
import { noParameters } from "../../http/query.ts";
import { router } from "../../http/router.ts";
import { selectMailConnections } from "../../mail/connections.ts";
import { MAIL_CHANNELS } from "../../mail/outbound-email.ts";
import { lazy } from "../../memory/lazy.ts";
import type { CrmCaller } from "./caller.ts";
import type { CrmOperation } from "./contract.ts";
import { answer } from "./envelope.ts";
import { readQuery } from "./parameters.ts";

const connection = lazy(() =>
  z.object({
    id: z.guid(),
    channel: z.enum(MAIL_CHANNELS),
    name: z.string(),
    fromEmail: z.string(),
    fromName: z.string().nullable(),
    status: z.enum(["active", "paused", "inactive"]),
    dailyLimit: z.int().min(1).nullable()
      .meta({ description: "The most mails of a UTC day; null: no limit." }),
    sentToday: z.int().min(0).meta({ description: "Those of this UTC day, queued ones included." }),
    lastError: z.string().nullable(),
    createdAt: answers.timestamp,
  }).meta({ id: "Connection" })
);

/** GET: what mail can be sent through (decisions C11); never a secret. */
const listConnections: CrmOperation = {
  kind: "read",
  get contract() {
    return {
      id: "listOutboundEmailConnections",
      summary: "List what mail can be sent through",
      answers: { 200: z.object({ connections: z.array(connection()) }) },
    };
  },
  async run(call) {
    readQuery(call, noParameters());
    const [rows = []] = await call.workspace.read([selectMailConnections()]);
    const connections = rows.map((row) => ({
      id: row.id,
      channel: row.type,
      name: row.name,
      fromEmail: row.from_email,
      fromName: row.from_name,
      status: row.status,
      dailyLimit: row.daily_limit,
      sentToday: row.sent_today,
      lastError: row.last_error,
      createdAt: row.created_at,
    }));
    return answer(200, { connections });
  },
};

export default router<CrmCaller>("/api/crm/outbound-email-connections")
  .get("/", scope("read:crm"), listConnections);
