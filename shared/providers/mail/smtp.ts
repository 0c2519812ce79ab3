import { checkHost, HostRefused, HostUnknown } from "../outgoing/host.ts";
import { isWithin, type Networks } from "../outgoing/networks.ts";
import { type Failed, type Mail, type Outcome, recipientsOf, type Sending } from "./mail.ts";
import { mimeOf } from "./mime.ts";
import { type Delivered, signIn, SmtpFailure, type SmtpServer, talk } from "./smtp-session.ts";
import { told } from "../outgoing/told.ts";

// Bad sequence of commands: said of the session, not of the message.
const BAD_SEQUENCE = 503;

/**
 * Sends a message by SMTP, where only `networks` of the private ones may be reached. Never without TLS, unless the host is an address in a private network that
 * may be reached; the name's address is checked, and connected to as checked.
 */
export async function sendBySmtp(
  server: SmtpServer & { networks: Networks },
  mail: Mail,
  sending: Sending,
): Promise<Outcome> {
  try {
    const address = await addressOf(server);
    const mime = await mimeOf(mail, { bcc: false });
    const envelope = { from: mail.from.address, to: recipientsOf(mail) };
    return sent(await talk({ ...server, address }, envelope, mime, sending), server);
  } catch (error) {
    return failed(error, server);
  }
}

/** Signs in at a server, and sends nothing; null when that works. Refused is who signs in, and no more. */
export async function trySmtp(
  server: SmtpServer & { networks: Networks },
  signal: AbortSignal,
): Promise<Failed | null> {
  try {
    await signIn({ ...server, address: await addressOf(server) }, signal);
    return null;
  } catch (error) {
    const failure = failed(error, server);
    const isLogin = error instanceof SmtpFailure && error.stage === "login";
    if (isLogin && (error.code === null || error.code >= 500)) {
      return { ...failure, state: "refused", account: true };
    }
    return { ...failure, state: "later", account: true, retryAfter: null };
  }
}

async function addressOf({ security, host, networks }: SmtpServer & { networks: Networks }) {
  if (security === "none" && !isWithin(host, networks)) {
    throw new HostRefused("Without TLS the host must be an address in OUTBOUND_PRIVATE_NETWORKS.");
  }
  return await checkHost(host, { networks });
}

function sent({ refused }: Delivered, server: SmtpServer): Outcome {
  const words = (error: string) => told(error, secretsOf(server));
  return {
    state: "sent",
    refused: refused.map(({ address, error }) => ({ address, error: words(error) })),
  };
}

function failed(error: unknown, server: SmtpServer): Failed {
  const at = `${server.host}:${server.port}`;
  if (error instanceof HostRefused) {
    return { state: "refused", error: `${at}: ${error.message}`, account: true };
  }
  if (error instanceof HostUnknown) {
    return { state: "later", error: `${at}: ${error.message}`, account: true, retryAfter: null };
  }
  if (!(error instanceof SmtpFailure)) throw error;
  const { code, stage, isForGood } = error;
  const reply = code === null ? null : String(code);
  const words = `${at}: ${told(error.message, secretsOf(server))}`;
  if (stage === "data" && code === null) {
    return { state: "in_doubt", error: words, retryAfter: null };
  }
  // Before there is a message to speak of.
  const account = stage === "connect" || stage === "login";
  if (isForGood || code !== null && code >= 500 && code !== BAD_SEQUENCE) {
    return { state: "refused", error: words, account, code: reply };
  }
  return { state: "later", error: words, account, retryAfter: null, code: reply };
}

function secretsOf({ username, password }: SmtpServer): string[] {
  return password === null ? [] : [password, `\0${username}\0${password}`];
}
