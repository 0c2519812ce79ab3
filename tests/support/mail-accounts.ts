import { connectTestAccount } from "./connected-accounts.ts";
import type { LioUser } from "./lio.ts";
import type { SmtpMailbox } from "./providers/smtp-mailbox.ts";

/** Gives a user a mail account at a server of a test; answers its number. */
export async function smtpAccountOf(
  { id: workspaceId }: { id: string },
  { id: userId, email }: LioUser,
  { port }: SmtpMailbox,
): Promise<number> {
  const { number } = await connectTestAccount(workspaceId, {
    provider: "smtp",
    userId,
    settings: {
      smtp_host: "127.0.0.1",
      smtp_port: port,
      smtp_user: email,
      smtp_security: "none",
      imap_host: null,
      imap_port: 993,
    },
    secrets: { password: "secret" },
    fromAddress: email,
    fromName: "Rita Rep",
  });
  return number;
}
