import type { Buffer } from "node:buffer";
import { isIP } from "node:net";
import { Readable } from "node:stream";
import type SMTPConnection from "nodemailer/lib/smtp-connection";
import type { RefusedRecipient, Sending } from "./mail.ts";

// How long a server may be silent: while connecting, and later (RFC 5321, section 4.5.3.2, allows for
// minutes, which nobody's turn as a worker lasts).
const CONNECT_MS = 15_000;
const SILENCE_MS = 60_000;

/** A mailbox at a server that takes mail by SMTP (RFC 5321, RFC 6409). */
export interface SmtpServer {
  host: string;
  port: number;
  /** TLS from the start (RFC 8314), by STARTTLS (RFC 3207) or not at all. */
  security: "tls" | "starttls" | "none";
  username: string | null;
  password: string | null;
  /** How this side introduces itself: its host name. */
  clientName: string;
}

/** Who it is from and for, as the server is told. */
export interface Envelope {
  from: string;
  to: string[];
}

/** The server took the message, but not for these. */
export interface Delivered {
  refused: RefusedRecipient[];
}

/** The server refused, failed or went away. */
export class SmtpFailure extends Error {
  override name = "SmtpFailure";
  constructor(
    message: string,
    /** Where: once the data has begun, it may have been taken. */
    readonly stage: "connect" | "login" | "envelope" | "data",
    /** The reply code (RFC 5321, section 4.2), null without a reply. */
    readonly code: number | null,
    /** Whether no server would take it, whatever the code. */
    readonly isForGood = false,
  ) {
    super(message);
  }
}

/** The message was not handed over, because of the cause. */
class KeptHere extends Error {
  override name = "KeptHere";
  constructor(options: ErrorOptions) {
    super("The message was kept here.", options);
  }
}

/**
 * Talks to the server at an address, in one connection: the message is handed over once the server has
 * asked for it. Throws SmtpFailure.
 */
export async function talk(
  server: SmtpServer & { address: string },
  envelope: Envelope,
  mime: Buffer,
  { signal, handOver }: Sending,
): Promise<Delivered> {
  const connection = await connectionTo(server);
  let begun = false;
  const data = new Readable({ read: () => void begin() });
  // Once the server has asked for the data.
  const begin = async () => {
    try {
      await handOver();
    } catch (cause) {
      connection.emit("error", new KeptHere({ cause }));
      return;
    }
    if (signal.aborted) return;
    begun = true;
    data.push(mime);
    data.push(null);
  };
  const broken = breaking(connection, signal);
  try {
    signal.throwIfAborted();
    await Promise.race([broken, opened(connection)]);
    if (server.username !== null) await Promise.race([broken, loggedIn(connection, server)]);
    const size = mime.length;
    const delivered = await Promise.race([broken, taken(connection, { ...envelope, size }, data)]);
    connection.quit();
    return delivered;
  } catch (error) {
    connection.close();
    throw error instanceof KeptHere ? error.cause : failure(error, begun);
  }
}

/** Signs in at the server at an address, and goes. Throws SmtpFailure. */
export async function signIn(
  server: SmtpServer & { address: string },
  signal: AbortSignal,
): Promise<void> {
  const connection = await connectionTo(server);
  const broken = breaking(connection, signal);
  try {
    signal.throwIfAborted();
    await Promise.race([broken, opened(connection)]);
    await Promise.race([broken, loggedIn(connection, server)]);
    connection.quit();
  } catch (error) {
    connection.close();
    throw failure(error, false);
  }
}

function breaking(connection: SMTPConnection, signal: AbortSignal): Promise<never> {
  return new Promise((_, reject) => {
    connection.on("error", reject);
    signal.addEventListener("abort", () => reject(new Error("The time is over.")), { once: true });
  });
}

async function connectionTo(
  { address, host, port, security, clientName }: SmtpServer & { address: string },
): Promise<SMTPConnection> {
  const { default: Connection } = await import("nodemailer/lib/smtp-connection");
  return new Connection({
    host: address,
    port,
    secure: security === "tls",
    requireTLS: security === "starttls",
    ignoreTLS: security === "none",
    name: clientName,
    ...(isIP(host) ? {} : { servername: host }),
    connectionTimeout: CONNECT_MS,
    greetingTimeout: CONNECT_MS,
    socketTimeout: SILENCE_MS,
  });
}

function opened(connection: SMTPConnection): Promise<void> {
  return new Promise((resolve, reject) => {
    connection.connect((error) => error ? reject(error) : resolve());
  });
}

function loggedIn(
  connection: SMTPConnection,
  { username, password }: SmtpServer,
): Promise<void> {
  return new Promise((resolve, reject) => {
    const login = { user: username ?? "", pass: password ?? "" };
    connection.login(login, (error) => error ? reject(error) : resolve());
  });
}

function taken(
  connection: SMTPConnection,
  envelope: Envelope & { size: number },
  data: Readable,
): Promise<Delivered> {
  return new Promise((resolve, reject) => {
    connection.send(envelope, data, (error, info) => {
      if (error) return reject(error);
      const refused = (info?.rejectedErrors ?? []).map(({ recipient = "", message, response }) => ({
        address: String(recipient),
        error: String(response ?? message),
      }));
      resolve({ refused });
    });
  });
}

interface Told {
  message: string;
  code?: string;
  response?: string;
  responseCode?: number;
}

// What the package calls things that no server needs to be asked for.
const FOR_GOOD = new Set(["EENVELOPE", "EMESSAGE"]);

function failure(error: unknown, begun: boolean): SmtpFailure {
  const { message, code = "", response, responseCode = null } = error as Told;
  const isForGood = responseCode === null && FOR_GOOD.has(code);
  return new SmtpFailure(response ?? message, stageOf(code, begun), responseCode, isForGood);
}

function stageOf(code: string, begun: boolean): SmtpFailure["stage"] {
  if (begun) return "data";
  if (code === "EAUTH" || code === "ENOAUTH") return "login";
  return code === "EENVELOPE" || code === "EMESSAGE" ? "envelope" : "connect";
}
