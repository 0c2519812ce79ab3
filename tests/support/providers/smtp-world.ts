import { authority } from "../certificates.ts";
import { afterwards } from "../workspace.ts";
import { type MailProcess, NETWORKS, startMailProcess } from "./mail-process.ts";
import { type Behaviour, mailboxOfTest, type SmtpMailbox } from "./smtp-mailbox.ts";

/** A server, and a process that trusts its certificate and may reach it. */
export interface SmtpWorld {
  box: SmtpMailbox;
  mailer: MailProcess;
}

/** How it differs from a server with a certificate for localhost that the process trusts. */
export interface SmtpWorldOptions {
  /** Whom the certificate is for. */
  name?: string;
  /** Whether the process trusts whoever signed it. */
  isTrusted?: boolean;
  networks?: Record<string, string>;
}

/** Makes such a world, which ends with the test. */
export async function smtpWorld(
  behaviour: Partial<Behaviour> = {},
  { name = "localhost", isTrusted = true, networks = NETWORKS }: SmtpWorldOptions = {},
): Promise<SmtpWorld> {
  const { security = "none" } = behaviour;
  const signer = security === "none" ? undefined : await authority();
  const certificate = await signer?.certificateFor(name);
  const box = await mailboxOfTest({
    ...behaviour,
    security,
    ...(certificate === undefined ? {} : { certificate }),
  });
  const mailer = startMailProcess(networks, isTrusted ? signer?.file : undefined);
  afterwards(mailer.stop);
  return { box, mailer };
}
