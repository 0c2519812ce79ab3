import { once } from "node:events";
import type { Email } from "postal-mime";
import { inject } from "vitest";
import { type GatewayOptions, startGateway } from "../../supabase/local/gateway-process.ts";
import { FUNCTIONS_ENVIRONMENT } from "./functions-environment.ts";
import { gmailSending, unauthorized } from "./providers/gmail-api.ts";
import { gmailReading } from "./providers/gmail-reading.ts";
import { graphId, graphReading } from "./providers/graph-reading.ts";
import { type GraphMail, graphSending } from "./providers/graph-sending.ts";
import { IMAP_PASSWORD, IMAP_USER, imapServer } from "./providers/imap-server.ts";
import type { KeptMail } from "./providers/kept-mail.ts";
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

/** The providers of users' mail accounts. */
export const MAILERS = ["gmail", "outlook", "smtp"] as const;
export type Mailer = typeof MAILERS[number];

export const TOKEN = "access-token-1";
export const PASSWORD = IMAP_PASSWORD;
export const ADDRESS = IMAP_USER;

/** The services of users' mail, and functions that are told of them, for the tests of a file. */
export interface MailServices {
  url: string;
  /** Tokens that hold. */
  tokens: Set<string>;
  gmail: HeldApi & { mailbox: Email[] };
  graph: HeldApi & { mails: GraphMail[] };
  smtp: SmtpMailbox;
  /** What each of them keeps that can be read and answered, and where it is read by IMAP. */
  kept: KeptMail[];
  imapPort: number;
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
  const kept: KeptMail[] = [];
  const [mailbox, mails]: [Email[], GraphMail[]] = [[], []];
  const threads = () => kept.map(({ threadId }) => threadId);
  const answerable = () =>
    kept.map(({ threadId, from }, at) => ({ id: graphId(at), conversationId: threadId, from }));
  const gmail = await apiAt(
    tokens,
    unauthorized,
    (seen) => gmailSending(mailbox, threads(), seen) ?? gmailReading(kept, seen),
  );
  const graph = await apiAt(
    tokens,
    () => refusal(401, "InvalidAuthenticationToken", "Access token has expired."),
    (seen) => graphSending(mails, answerable(), seen) ?? graphReading(kept, seen),
  );
  const imap = await imapServer(kept);
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
    gmail: Object.assign(gmail.api, { mailbox }),
    graph: Object.assign(graph.api, { mails }),
    smtp,
    kept,
    imapPort: imap.port,
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
      await Promise.all([gmail, graph, smtp, imap, renewing].map((one) => one.stop()));
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
