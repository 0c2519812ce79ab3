import type { ApiClient, ApiResponse, Json } from "./api-client.ts";
import { mailIntegration } from "./mail.ts";
import { type Behaviour, mailboxOfTest, type SmtpMailbox } from "./providers/smtp-mailbox.ts";
import { asOwner, eventually, type TestWorkspace, testWorkspace } from "./workspace.ts";

/** A workspace with a lead, whose mail goes to a server of the test. */
export interface OutboundWorld {
  workspace: TestWorkspace;
  api: ApiClient;
  box: SmtpMailbox;
  leadId: string;
  contactId: string;
  connectionId: string;
  /** A body that works. */
  email: Record<string, unknown>;
  send(
    changes?: Record<string, unknown>,
    headers?: Record<string, string>,
  ): Promise<ApiResponse>;
  /** Sends one, and waits for what becomes of it; answers it as the timeline tells it. */
  sent(changes?: Record<string, unknown>): Promise<Json>;
  timeline(): Promise<Json>;
  /** The emails of the timeline, the newest first. */
  emails(): Promise<Json[]>;
}

/** Makes such a world. */
export async function outboundWorld(
  behaviour: Partial<Behaviour> = {},
  settings: object = {},
  gatewayUrl?: string,
): Promise<OutboundWorld> {
  const workspace = await testWorkspace({}, gatewayUrl);
  const box = await mailboxOfTest({ security: "none", ...behaviour });
  const at = { host: "127.0.0.1", port: box.port, security: "none" };
  const connectionId = await mailIntegration(workspace.id, "smtp", { ...at, ...settings });
  const api = await workspace.apiWith({ api: "crm", rateLimit: 100_000 });
  const contact = await api.post("crm/api/crm/contacts", {
    firstName: "Ada",
    email: "ada@example.org",
  });
  const lead = await api.post("crm/api/crm/leads", {
    title: "Licence",
    contactId: contact.body.id,
  });
  const leadId: string = lead.body.id;
  const email = {
    leadId,
    connectionId,
    channel: "smtp",
    subject: "Your licence",
    htmlBody: "<p>Hello <b>Ada</b></p>",
  };
  const timeline = async () => (await api.get(`crm/api/crm/leads/${leadId}/timeline`)).body;
  const emails = async () => (await timeline()).items.filter(({ type }: Json) => type === "email");
  const send: OutboundWorld["send"] = (changes = {}, headers = {}) =>
    api.post("crm/api/crm/outbound-email", { ...email, ...changes }, headers);
  return {
    workspace,
    api,
    box,
    leadId,
    contactId: contact.body.id,
    connectionId,
    email,
    send,
    async sent(changes) {
      const { status, text, body } = await send(changes);
      if (status !== 202) throw new Error(`it gave ${status} ${text}`);
      return await eventually(async () =>
        (await emails()).find(({ id, data }: Json) =>
          id === body.id && (data.state === "sent" || data.state === "failed")
        )
      );
    },
    timeline,
    emails,
  };
}

/** Sets a connection's state as the system or its users do. */
export async function setConnection(
  id: string,
  state: "active" | "paused" | "inactive",
): Promise<void> {
  await asOwner(
    `update crm.integrations set is_active = $2 <> 'inactive',
       paused_at = case when $2 = 'paused' then now() end where id = $1`,
    [id, state],
  );
}
