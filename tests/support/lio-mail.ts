import type { Email } from "postal-mime";
import { inject } from "vitest";
import { type GatewayOptions, startGateway } from "../../supabase/local/gateway-process.ts";
import type { Json } from "./api-client.ts";
import { connectTestAccount } from "./connected-accounts.ts";
import { FUNCTIONS_ENVIRONMENT } from "./functions-environment.ts";
import { LioClient, type LioRole, type LioUser, lioWorld } from "./lio.ts";
import { gmailSending, unauthorized } from "./providers/gmail-api.ts";
import { type Answerable, type GraphMail, graphSending } from "./providers/graph-sending.ts";
import { type Answered, type Seen, served, type StandIn } from "./providers/lasting-stand-in.ts";
import { refusal } from "./providers/microsoft-graph.ts";
import { type SmtpMailbox, smtpMailbox } from "./providers/smtp-mailbox.ts";
import { startStubServer } from "./start-stub-server.ts";
import type { TestWorkspace } from "./workspace.ts";

/** The providers of users' mail accounts. */
export const MAILERS = ["gmail", "outlook", "smtp"] as const;
export type Mailer = typeof MAILERS[number];

export const TOKEN = "access-token-1";
export const PASSWORD = "app-password-1";
export const ADDRESS = "rita@example.com";

/** The services of users' mail, and functions that are told of them, for the tests of a file. */
export interface MailServices {
  url: string;
  /** Tokens that hold. */
  tokens: Set<string>;
  gmail: StandIn & { mailbox: Email[]; threads: string[] };
  graph: StandIn & { mails: GraphMail[]; others: Answerable[] };
  smtp: SmtpMailbox;
  stop(): Promise<void>;
}

/** Starts them. */
export async function mailServices(
  env: Record<string, string> = {},
  how: Pick<GatewayOptions, "runsJobs"> = {},
  apiUrl = inject("apiUrl"),
): Promise<MailServices> {
  const tokens = new Set([TOKEN]);
  const gmailBox = { mailbox: [] as Email[], threads: [] as string[] };
  const graphBox = { mails: [] as GraphMail[], others: [] as Answerable[] };
  const gmail = await apiAt(
    tokens,
    unauthorized,
    (request) => gmailSending(gmailBox.mailbox, gmailBox.threads, request),
  );
  const graph = await apiAt(
    tokens,
    () => refusal(401, "InvalidAuthenticationToken", "Access token has expired."),
    (request) => graphSending(graphBox.mails, graphBox.others, request),
  );
  const smtp = await smtpMailbox({ security: "none", users: { [ADDRESS]: PASSWORD } });
  const gateway = await startGateway({
    ...how,
    apiUrl,
    port: 0,
    env: {
      ...process.env,
      ...FUNCTIONS_ENVIRONMENT,
      GMAIL_API_URL: gmail.api.url,
      MICROSOFT_GRAPH_URL: `${graph.api.url}/v1.0`,
      ...env,
    },
    onLine: () => {},
  });
  return {
    url: `http://127.0.0.1:${gateway.port}`,
    tokens,
    gmail: Object.assign(gmail.api, gmailBox),
    graph: Object.assign(graph.api, graphBox),
    smtp,
    stop: async () => {
      await gateway.stop();
      await Promise.all([gmail.stop(), graph.stop(), smtp.stop()]);
    },
  };
}

async function apiAt(
  tokens: ReadonlySet<string>,
  refused: () => Answered,
  answer: (request: Seen) => Answered | Promise<Answered> | null,
) {
  const standIn: StandIn = { url: "", seen: [], mishaps: [] };
  const { url, stop } = await startStubServer((request, response) =>
    void served(standIn, request, response, async (seen) => {
      const token = seen.headers.authorization?.replace(/^Bearer /, "") ?? "";
      if (!tokens.has(token)) return refused();
      return await answer(seen) ?? { status: 404, body: { error: { code: 404, message: "No" } } };
    })
  );
  return { api: Object.assign(standIn, { url }), stop };
}

/** A user with a mail account, at functions that know the services. */
export interface Sender {
  workspace: TestWorkspace;
  user: LioUser;
  api: LioClient;
  /** The account, by id and number. */
  account: { id: string; number: number };
  /** Another user of the workspace. */
  other(role: LioRole): Promise<LioClient>;
  /** Sends a message, to Jane unless it says to whom. */
  send(
    more?: object,
    headers?: Record<string, string>,
  ): Promise<Awaited<ReturnType<LioClient["post"]>>>;
}

/** Makes one. */
export async function senderAt(
  services: MailServices,
  provider: Mailer,
  role: LioRole = "admin",
): Promise<Sender> {
  const { workspace, user: userOf } = await lioWorld();
  const user = await userOf(role);
  const account = await connectTestAccount(workspace.id, {
    provider,
    userId: user.id,
    fromAddress: ADDRESS,
    fromName: "Rita Rep",
    secrets: provider === "smtp" ? { password: PASSWORD } : { access_token: TOKEN },
    settings: provider === "smtp" ? smtpFields(services.smtp) : {},
  });
  const api = new LioClient(services.url, String(user.api.key));
  return {
    workspace,
    user,
    api,
    account,
    other: async (its) => new LioClient(services.url, String((await userOf(its)).api.key)),
    send: (more = {}, headers = {}) =>
      api.send("POST", "inbox/send", { body: mailBody(account.number, more), headers }),
  };
}

/** A message as it is sent. */
export function mailBody(config_id: number, more: object = {}): Json {
  return {
    config_id,
    to: "jane@acme.com",
    subject: "Hello",
    body: '<p>Hi <a href="https://acme.com/a?b=1&amp;c=2">there</a></p>',
    ...more,
  };
}

/** What a mail account knows of the server of a test. */
export function smtpFields({ port }: SmtpMailbox) {
  return {
    smtp_host: "127.0.0.1",
    smtp_port: port,
    smtp_user: ADDRESS,
    smtp_security: "none",
  };
}
