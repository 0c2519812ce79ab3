import { inject } from "vitest";
import { startGateway } from "../../supabase/local/gateway-process.ts";
import type { Json } from "./api-client.ts";
import { connectTestAccount } from "./connected-accounts.ts";
import { FUNCTIONS_ENVIRONMENT } from "./functions-environment.ts";
import { LioClient, type LioRole, type LioUser, lioWorld } from "./lio.ts";
import { refusal as gmailRefusal } from "./providers/gmail-api.ts";
import { gmailReading } from "./providers/gmail-reading.ts";
import { graphReading } from "./providers/graph-reading.ts";
import { IMAP_PASSWORD, IMAP_USER, type ImapServer, imapServer } from "./providers/imap-server.ts";
import type { KeptMail } from "./providers/kept-mail.ts";
import { type Answered, type Seen, served, type StandIn } from "./providers/lasting-stand-in.ts";
import { refusal as graphRefusal } from "./providers/microsoft-graph.ts";
import { startStubServer } from "./start-stub-server.ts";
import type { TestWorkspace } from "./workspace.ts";

/** The providers whose mail can be read. */
export const PROVIDERS = ["gmail", "outlook", "smtp"] as const;
export type Provider = typeof PROVIDERS[number];

const TOKEN = "access-token-1";

/** A mailbox of a provider, which every account there is for. */
export interface Box {
  kept: KeptMail[];
  /** The provider's API; of a server for mail none. */
  api: StandIn | null;
}

/** A user with a mail account. */
export interface Reader {
  workspace: TestWorkspace;
  user: LioUser;
  api: LioClient;
  /** The account, by id and number. */
  account: { id: string; number: number };
  box: Box;
  /** Lists the account's messages. */
  list(query?: string): Promise<Json>;
  /** A further user of the workspace. */
  other(role: LioRole): Promise<{ user: LioUser; api: LioClient }>;
}

/** A gateway whose services are stand-ins, for the tests of a file. */
export interface InboxWorld {
  boxes: Record<Provider, Box>;
  imap: ImapServer;
  reader(provider: Provider): Promise<Reader>;
  /** Connects an account of a user there; one of smtp with the settings of its server, unless others are given. */
  account(
    workspaceId: string,
    provider: Provider | "google",
    userId: string,
    settings?: Record<string, unknown>,
  ): Promise<{ id: string; number: number }>;
  stop(): Promise<void>;
}

export async function inboxWorld(): Promise<InboxWorld> {
  const [gmail, outlook] = await Promise.all([
    apiBox(gmailReading, (status, code) => gmailRefusal(status, "Invalid credentials", code)),
    apiBox(graphReading, (status, code) => graphRefusal(status, code, "Invalid credentials")),
  ]);
  const kept: KeptMail[] = [];
  const imap = await imapServer(kept);
  const gateway = await startGateway({
    apiUrl: inject("apiUrl"),
    port: 0,
    env: {
      ...process.env,
      ...FUNCTIONS_ENVIRONMENT,
      GMAIL_API_URL: gmail.api.url,
      MICROSOFT_GRAPH_URL: `${outlook.api.url}/v1.0`,
    },
    onLine: () => {},
  });
  const account: InboxWorld["account"] = (workspaceId, provider, userId, settings) =>
    connectTestAccount(workspaceId, {
      provider,
      userId,
      ...(provider === "google" ? {} : { fromAddress: IMAP_USER, fromName: "Rita Rep" }),
      secrets: provider === "smtp" ? { password: IMAP_PASSWORD } : { access_token: TOKEN },
      settings: settings ?? (provider === "smtp" ? imapSettings(imap.port) : {}),
    });
  const boxes = { gmail, outlook, smtp: { kept, api: null } };
  const url = `http://127.0.0.1:${gateway.port}`;
  return {
    boxes,
    imap,
    reader: (provider) => reader({ provider, box: boxes[provider], url, account }),
    account,
    async stop() {
      await gateway.stop();
      await Promise.all([gmail.stop(), outlook.stop(), imap.stop()]);
    },
  };
}

interface Reading {
  provider: Provider;
  box: Box;
  url: string;
  account: InboxWorld["account"];
}

async function reader({ provider, box, url, account: connect }: Reading): Promise<Reader> {
  box.kept.splice(0);
  const { workspace, admin, user: userOf } = await lioWorld();
  const account = await connect(workspace.id, provider, admin.id);
  const here = (user: LioUser) => ({ user, api: new LioClient(url, String(user.api.key)) });
  const { api } = here(admin);
  return {
    workspace,
    user: admin,
    api,
    account,
    box,
    async list(query = "") {
      const answer = await api.get(`inbox/list?config_id=${account.number}${query}`);
      if (answer.status !== 200) throw new Error(`${answer.status} ${answer.text}`);
      return answer.body;
    },
    other: async (role) => here(await userOf(role)),
  };
}

/** What a mail account knows of the server of a test. */
function imapSettings(port: number, host = "127.0.0.1") {
  const common = { imap_host: host, imap_port: port };
  return { ...common, smtp_host: host, smtp_user: IMAP_USER, smtp_security: "none" };
}

async function apiBox(
  answer: (kept: readonly KeptMail[], request: Seen) => Answered | null,
  refusal: (status: number, code: string) => Answered,
) {
  const api: StandIn = { url: "", seen: [], mishaps: [] };
  const kept: KeptMail[] = [];
  const { url, stop } = await startStubServer((request, response) =>
    void served(
      api,
      request,
      response,
      (seen) =>
        seen.headers.authorization === `Bearer ${TOKEN}`
          ? answer(kept, seen) ?? refusal(404, "notFound")
          : refusal(401, "authError"),
    )
  );
  return { kept, api: Object.assign(api, { url }), stop };
}
