import type { Json } from "./api-client.ts";
import { connectTestAccount } from "./connected-accounts.ts";
import { LioClient, type LioRole, type LioUser, lioWorld } from "./lio.ts";
import { ADDRESS, type Mailer, type MailServices, PASSWORD, TOKEN } from "./mail-services.ts";
import type { TestWorkspace } from "./workspace.ts";

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
    settings: provider === "smtp" ? smtpFields(services) : {},
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

/** What a mail account knows of the servers of a test. */
export function smtpFields({ smtp, imapPort }: MailServices) {
  return {
    imap_host: "127.0.0.1",
    imap_port: imapPort,
    smtp_host: "127.0.0.1",
    smtp_port: smtp.port,
    smtp_user: ADDRESS,
    smtp_security: "none",
  };
}
