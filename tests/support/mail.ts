import { secretBox } from "../../shared/auth/secret-box.ts";
import type { IntegrationTypeName } from "../../shared/crm/integrations.ts";
import type { Database } from "../../shared/db/database.ts";
import { newSettings } from "../../shared/integrations/settings.ts";
import { TYPES } from "../../shared/integrations/types.ts";
import { runDue, type Worked } from "../../shared/jobs/run-due.ts";
import type { Job } from "../../shared/jobs/job.ts";
import { type JobRun, runJob } from "../../shared/jobs/run-job.ts";
import type { WorkServices } from "../../shared/jobs/work.ts";
import { type NewMessage, storeMessage } from "../../shared/mail/store-message.ts";
import sendMail from "../../shared/mail/send-work.ts";
import { networksOf } from "../../shared/providers/outgoing/networks.ts";
import { apiDatabase, claimsOf } from "./as-role.ts";
import { FUNCTIONS_ENVIRONMENT } from "./functions-environment.ts";
import { AMPLE_TIME } from "./jobs.ts";
import { NETWORKS } from "./providers/mail-process.ts";
import { type Behaviour, mailboxOfTest, type SmtpMailbox } from "./providers/smtp-mailbox.ts";
import { asOwner, type TestWorkspace, testWorkspace } from "./workspace.ts";

const BOX = secretBox(FUNCTIONS_ENVIRONMENT.LUMENBASE_ENCRYPTION_KEY);
const SENDER = { from_email: "sales@example.com", from_name: "Sales" };

/** Makes an integration that mail goes through; answers its id. */
export async function mailIntegration(
  workspaceId: string,
  type: IntegrationTypeName,
  settings: Record<string, unknown>,
): Promise<string> {
  const context = {
    workspace: { id: workspaceId },
    secrets: () => BOX,
    networks: networksOf(NETWORKS.OUTBOUND_PRIVATE_NETWORKS),
  };
  const { columns } = await newSettings(context, TYPES[type], {
    ...SENDER,
    ...settings,
  });
  const [row] = await asOwner<{ id: string }>(
    `insert into crm.integrations (workspace_id, type, name, settings, secrets)
     values ($1, $2, $2, $3, $4) returning id`,
    [workspaceId, type, columns.settings, columns.secrets],
  );
  return row!.id;
}

/** Writes a message as a workspace; answers its id and its Message-ID. */
export async function stored(
  database: Database,
  workspaceId: string,
  message: Partial<NewMessage> & Pick<NewMessage, "integrationId">,
): Promise<{ id: string; messageId: string }> {
  const whole = { to: ["ada@example.org"], subject: "Hello", textBody: "Hello Ada", ...message };
  const [rows] = await database.write(claimsOf(workspaceId), [storeMessage(whole)]);
  return { id: String(rows?.[0]?.id), messageId: String(rows?.[0]?.message_id) };
}

/** A message as it is stored. */
export interface MessageRow extends Record<string, unknown> {
  id: string;
  state: string;
  error: string | null;
  attempts: number;
  in_doubt: boolean;
}

/** A stored message. */
export async function messageRow(id: string): Promise<MessageRow> {
  const [row] = await asOwner<MessageRow>("select * from crm.messages where id = $1", [id]);
  return row!;
}

/** What an integration sent today, by its count. */
export async function sentToday(integrationId: string): Promise<number> {
  const [row] = await asOwner<{ messages: number }>(
    "select messages from crm.mail_usage where integration_id = $1 and day = app.utc_today()",
    [integrationId],
  );
  return row?.messages ?? 0;
}

/** What a worker did, and what its runs threw. */
export interface MailWorked extends Worked {
  runs: JobRun[];
}

/** Does what is due, as the worker does. */
export async function workMail(
  database: Database,
  env: Record<string, string> = {},
): Promise<MailWorked> {
  const runs: JobRun[] = [];
  const worked = await runDue({
    database,
    works: { "mail.send": () => Promise.resolve(sendMail) },
    services: servicesWith(env),
    ran: (_job, run) => runs.push(run),
  }, AMPLE_TIME);
  return { ...worked, runs };
}

/** Runs one job that was taken. */
export function runMail(database: Database, job: Job): Promise<JobRun> {
  return runJob(database, job, sendMail, servicesWith({}), 60);
}

function servicesWith(env: Record<string, string>): WorkServices {
  return {
    secrets: () => BOX,
    publicUrl: FUNCTIONS_ENVIRONMENT.LUMENBASE_PUBLIC_URL,
    env: { ...NETWORKS, ...env },
  };
}

/** Lets what waits be due now. */
export async function hurry(workspaceId: string): Promise<void> {
  await asOwner(
    "update crm.jobs set run_at = now() where workspace_id = $1 and status = 'waiting'",
    [workspaceId],
  );
}

/** A workspace whose mail goes to a server of the test. */
export interface MailWorld {
  workspace: TestWorkspace;
  database: Database;
  box: SmtpMailbox;
  integrationId: string;
  store(message?: Partial<NewMessage>): Promise<{ id: string; messageId: string }>;
  work(): Promise<MailWorked>;
  lastError(): Promise<string | null>;
}

/** Makes such a world. */
export async function mailWorld(
  behaviour: Partial<Behaviour> = {},
  settings: object = {},
): Promise<MailWorld> {
  const workspace = await testWorkspace();
  const box = await mailboxOfTest({ security: "none", ...behaviour });
  const at = { host: "127.0.0.1", port: box.port, security: "none" };
  const integrationId = await mailIntegration(workspace.id, "smtp", { ...at, ...settings });
  const database = apiDatabase();
  return {
    workspace,
    database,
    box,
    integrationId,
    store: (message = {}) => stored(database, workspace.id, { integrationId, ...message }),
    work: () => workMail(database),
    lastError: () => lastError(integrationId),
  };
}

/** What an integration says of its failures. */
export async function lastError(integrationId: string): Promise<string | null> {
  const text = "select last_error from crm.integrations where id = $1";
  const [row] = await asOwner<{ last_error: string | null }>(text, [integrationId]);
  return row!.last_error;
}
