import { once } from "node:events";
import type { Email } from "postal-mime";
import { inject } from "vitest";
import { type GatewayOptions, startGateway } from "../../supabase/local/gateway-process.ts";
import type { Json } from "./api-client.ts";
import { connectTestAccount } from "./connected-accounts.ts";
import { FUNCTIONS_ENVIRONMENT } from "./functions-environment.ts";
import { LioClient, type LioRole, type LioUser, lioWorld } from "./lio.ts";
import { gmailSending, unauthorized } from "./providers/gmail-api.ts";
import { type Answerable, type GraphMail, graphSending } from "./providers/graph-sending.ts";
import {
  type Answered,
  lastingStandIn,
  type Seen,
  served,
  type StandIn,
} from "./providers/lasting-stand-in.ts";
import { refusal } from "./providers/microsoft-graph.ts";
import { CLIENT } from "./providers/oauth-worlds.ts";
import { type SmtpMailbox, smtpMailbox } from "./providers/smtp-mailbox.ts";
import { renewal } from "./providers/token-endpoint.ts";
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
  gmail: HeldApi & { mailbox: Email[]; threads: string[] };
  graph: HeldApi & { mails: GraphMail[]; others: Answerable[] };
  smtp: SmtpMailbox;
  /** What the functions are told of them. */
  env: Record<string, string>;
  /** Kills the functions at once, and starts others: answers where. */
  restarted(): Promise<string>;
  stop(): Promise<void>;
}

/** The API of a provider, which may do as it is asked and then not answer for as long as it is held. */
export interface HeldApi extends StandIn {
  held: Promise<void> | null;
}

/** Starts them. */
export async function mailServices(
  env: Record<string, string> = {},
  how: Pick<GatewayOptions, "runsJobs"> = {},
  apiUrl = inject("apiUrl"),
): Promise<MailServices> {
  const tokens = new Set([TOKEN]);
  const granting = { tokens, client: { ...CLIENT }, expiresIn: 3599, isRotating: false };
  const renewing = await lastingStandIn((request) => renewal(granting, request));
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
  const told = {
    GMAIL_API_URL: gmail.api.url,
    MICROSOFT_GRAPH_URL: `${graph.api.url}/v1.0`,
    GOOGLE_TOKEN_URL: renewing.url,
    MICROSOFT_TOKEN_URL: renewing.url,
    ...env,
  };
  const start = () =>
    startGateway({
      ...how,
      apiUrl,
      port: 0,
      env: { ...process.env, ...FUNCTIONS_ENVIRONMENT, ...told },
      onLine: () => {},
    });
  let gateway = await start();
  const urlOf = () => `http://127.0.0.1:${gateway.port}`;
  return {
    url: urlOf(),
    tokens,
    gmail: Object.assign(gmail.api, gmailBox),
    graph: Object.assign(graph.api, graphBox),
    smtp,
    env: told,
    async restarted() {
      const ended = once(gateway.child, "exit");
      gateway.child.kill("SIGKILL");
      await ended;
      gateway = await start();
      return urlOf();
    },
    stop: async () => {
      await gateway.stop();
      await Promise.all([gmail.stop(), graph.stop(), smtp.stop(), renewing.stop()]);
    },
  };
}

async function apiAt(
  tokens: ReadonlySet<string>,
  refused: () => Answered,
  answer: (request: Seen) => Answered | Promise<Answered> | null,
) {
  const standIn: HeldApi = { url: "", seen: [], mishaps: [], held: null };
  const { url, stop } = await startStubServer((request, response) =>
    void served(standIn, request, response, async (seen) => {
      const token = seen.headers.authorization?.replace(/^Bearer /, "") ?? "";
      if (!tokens.has(token)) return refused();
      const answered = await answer(seen);
      await standIn.held;
      return answered ?? { status: 404, body: { error: { code: 404, message: "No" } } };
    })
  );
  return { api: Object.assign(standIn, { url }), stop };
}

/** A user at functions that know the services. */
export interface MailUser {
  workspace: TestWorkspace;
  user: LioUser;
  api: LioClient;
  /** Another user of the workspace. */
  other(role: LioRole): Promise<LioClient>;
}

/** A user with a mail account. */
export interface Sender extends MailUser {
  /** The account, by id and number. */
  account: { id: string; number: number };
  /** Sends a message, to Jane unless it says to whom. */
  send(
    more?: object,
    headers?: Record<string, string>,
  ): Promise<Awaited<ReturnType<LioClient["post"]>>>;
}

/** Makes a user. */
export async function mailUser(
  { url }: MailServices,
  role: LioRole = "admin",
): Promise<MailUser> {
  const { workspace, user: userOf } = await lioWorld();
  const here = ({ api }: LioUser) => new LioClient(url, String(api.key));
  const user = await userOf(role);
  return { workspace, user, api: here(user), other: async (its) => here(await userOf(its)) };
}

/** Makes a user with an account. */
export async function senderAt(
  services: MailServices,
  provider: Mailer,
  role: LioRole = "admin",
): Promise<Sender> {
  const its = await mailUser(services, role);
  const account = await connectTestAccount(its.workspace.id, {
    provider,
    userId: its.user.id,
    fromAddress: ADDRESS,
    fromName: "Rita Rep",
    secrets: provider === "smtp" ? { password: PASSWORD } : { access_token: TOKEN },
    settings: provider === "smtp" ? smtpFields(services.smtp) : {},
  });
  return {
    ...its,
    account,
    send: (more = {}, headers = {}) =>
      its.api.send("POST", "inbox/send", { body: mailBody(account.number, more), headers }),
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
