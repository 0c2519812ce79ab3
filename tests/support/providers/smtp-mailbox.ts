import type { Account } from "../../../shared/providers/mail/send.ts";
import { afterwards } from "../workspace.ts";
import type { AddressInfo, Server, Socket } from "node:net";
import PostalMime, { type Email } from "postal-mime";
import { SMTPServer, type SMTPServerOptions, type SMTPServerSession } from "smtp-server";
import type { Certificate } from "../certificates.ts";

/** A message as it arrived. */
export interface Arrived {
  from: string;
  to: string[];
  raw: string;
  email: Email;
  /** Whether it came by TLS, from whom, and what the client called itself. */
  secure: boolean;
  user: string | undefined;
  client: string;
}

/** How a mailbox behaves; a reply code stands for the refusal it names. */
export interface Behaviour {
  security: "tls" | "starttls" | "none";
  certificate?: Certificate;
  /** Those who may sign in; nobody has to when there are none. */
  users?: Record<string, string>;
  /** The code that a recipient is refused with. */
  recipients?: Record<string, number>;
  /** Refuses for now whoever is new here: whom it is from and for are noted here (RFC 6647). */
  greylisted?: Set<string>;
  /** The code that a message is refused with once its data has come. */
  data?: number;
  /** What is said with it. */
  words?: string;
  /** Cuts the connection off: when somebody connects, or once the data has come. */
  cut?: "connection" | "data";
  /** Does not answer the data. */
  mute?: boolean;
  /** Does not answer to whom a message is. */
  hesitates?: boolean;
}

/** A server that takes mail by SMTP, and keeps it. */
export interface SmtpMailbox {
  port: number;
  arrived: Arrived[];
  /** How often somebody connected. */
  connections: number;
  behaviour: Behaviour;
  /** Answers what it was mute about. */
  answer(): void;
  stop(): Promise<void>;
}

type Open = Omit<SmtpMailbox, "port" | "stop"> & {
  sockets: Map<number, Socket>;
  unanswered: (() => void)[];
};

/** Starts a server on this machine, which is there until it is stopped. */
export async function smtpMailbox(behaviour: Behaviour): Promise<SmtpMailbox> {
  const { key, cert } = behaviour.certificate ?? {};
  const mailbox: Open = {
    arrived: [],
    connections: 0,
    behaviour,
    sockets: new Map(),
    unanswered: [],
    answer() {
      for (const done of this.unanswered.splice(0)) done();
    },
  };
  const server = new SMTPServer({
    ...(key === undefined ? {} : { key, cert }),
    secure: behaviour.security === "tls",
    disabledCommands: behaviour.security === "starttls" ? [] : ["STARTTLS"],
    authOptional: behaviour.users === undefined,
    allowInsecureAuth: behaviour.security === "none",
    size: 1_000_000,
    disableReverseLookup: true,
    ...handlers(mailbox),
  });
  server.on("error", () => {});
  (server.server as Server).on("connection", (socket) => {
    mailbox.sockets.set(socket.remotePort ?? 0, socket);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.server.address() as AddressInfo;
  const stop = () => {
    for (const socket of mailbox.sockets.values()) socket.destroy();
    return new Promise<void>((resolve) => server.close(resolve));
  };
  return Object.assign(mailbox, { port, stop });
}

/** Starts a server that ends with the test; its behaviour may be changed between messages. */
export async function mailboxOfTest(behaviour: Behaviour): Promise<SmtpMailbox> {
  const mailbox = await smtpMailbox(behaviour);
  afterwards(mailbox.stop);
  return mailbox;
}

type Smtp = Extract<Account, { type: "smtp" }>;

/** The account of a server, by its name where it has a certificate for that. */
export function accountAt(
  { port, behaviour: { security } }: SmtpMailbox,
  changes: Partial<Smtp> = {},
): Smtp {
  const host = security === "none" ? "127.0.0.1" : "localhost";
  return { type: "smtp", host, port, security, username: null, password: null, ...changes };
}

type Handlers = Pick<SMTPServerOptions, "onConnect" | "onAuth" | "onRcptTo" | "onData">;

function handlers(mailbox: Open): Handlers {
  return {
    onConnect(session, done) {
      mailbox.connections++;
      if (mailbox.behaviour.cut === "connection") {
        mailbox.sockets.get(session.remotePort)?.destroy();
      } else done();
    },
    onAuth({ username = "", password }, _session, done) {
      const known = mailbox.behaviour.users?.[username];
      if (known !== undefined && known === password) return done(null, { user: username });
      return done(refusal(535, `5.7.8 ${mailbox.behaviour.words ?? "Wrong credentials"}`));
    },
    onRcptTo({ address }, { remoteAddress, envelope: { mailFrom } }, done) {
      const { greylisted, recipients, hesitates } = mailbox.behaviour;
      if (hesitates) return void mailbox.unanswered.push(done);
      const three = [remoteAddress, mailFrom && mailFrom.address, address].join(" ");
      if (greylisted?.has(three) === false) {
        greylisted.add(three);
        return done(refusal(450, "4.7.1 Greylisted, try again later"));
      }
      const code = recipients?.[address];
      done(code === undefined ? null : refusal(code, `No mailbox ${address}`));
    },
    onData(stream, session, done) {
      const chunks: Buffer[] = [];
      stream.on("data", (chunk: Buffer) => chunks.push(chunk));
      stream.on("end", () => void ended(mailbox, Buffer.concat(chunks), session, done));
    },
  };
}

async function ended(
  { arrived, behaviour, sockets, unanswered }: Open,
  data: Buffer,
  session: SMTPServerSession,
  done: (error?: Error | null) => void,
): Promise<void> {
  if (behaviour.data !== undefined) return done(refusal(behaviour.data, behaviour.words ?? "No"));
  const { mailFrom, rcptTo } = session.envelope;
  arrived.push({
    from: mailFrom ? mailFrom.address : "",
    to: rcptTo.map(({ address }) => address),
    raw: data.toString("utf8"),
    email: await PostalMime.parse(data),
    secure: session.secure,
    user: typeof session.user === "string" ? session.user : undefined,
    client: session.hostNameAppearsAs || "",
  });
  if (behaviour.cut === "data") sockets.get(session.remotePort)?.destroy();
  else if (behaviour.mute) unanswered.push(done);
  else done();
}

function refusal(responseCode: number, message: string): Error {
  return Object.assign(new Error(message), { responseCode });
}
