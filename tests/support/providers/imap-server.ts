import { createServer, type Server, type Socket } from "node:net";
import type { AddressInfo } from "node:net";
import { createServer as createTlsServer } from "node:tls";
import type { Certificate } from "../certificates.ts";
import { dayIn, imapString, itemOf, stringsIn } from "./imap-forms.ts";
import { type KeptMail, searched } from "./kept-mail.ts";

/** A server that lets a mailbox be read by IMAP (RFC 9051). */
export interface ImapServer {
  port: number;
  kept: KeptMail[];
  /** The commands that it got, without their tags. */
  commands: string[];
  /** What the numbering of its mailboxes is called. */
  validity: number;
  /** What it does instead, once, when it gets a command that begins so. */
  mishap: { at: string; send?: string | Buffer; cut?: boolean } | null;
  stop(): Promise<void>;
}

export const IMAP_USER = "rita@example.com";
export const IMAP_PASSWORD = 'p"ss wörd\\';

const MAILBOXES: Record<KeptMail["folder"], readonly [string, string]> = {
  inbox: ["INBOX", "\\HasNoChildren"],
  sent: ["INBOX.Sent Items", "\\HasNoChildren \\Sent"],
  drafts: ["Drafts", "\\HasNoChildren"],
  trash: ["Gel&APY-scht", "\\HasNoChildren \\Trash"],
  archive: ["Archive", "\\HasNoChildren"],
};
const FOLDERS = Object.keys(MAILBOXES) as KeptMail["folder"][];

/** Starts a server, with TLS where it has a certificate. */
export async function imapServer(kept: KeptMail[], certificate?: Certificate): Promise<ImapServer> {
  const sockets = new Set<Socket>();
  const imap: ImapServer = {
    port: 0,
    kept,
    commands: [],
    validity: 7,
    mishap: null,
    stop() {
      for (const socket of sockets) socket.destroy();
      return new Promise<void>((resolve) => void server.close(() => resolve()));
    },
  };
  const serve = (socket: Socket) => {
    sockets.add(socket);
    socket.on("error", () => {});
    void new Session(imap, socket).run().catch(() => socket.destroy());
  };
  const server: Server = certificate === undefined
    ? createServer(serve)
    : createTlsServer({ key: certificate.key, cert: certificate.cert }, serve);
  server.on("tlsClientError", () => {});
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  imap.port = (server.address() as AddressInfo).port;
  return imap;
}

class Session {
  #rest = Buffer.alloc(0) as Buffer;
  #isIn = false;
  #folder: KeptMail["folder"] | null = null;

  constructor(readonly imap: ImapServer, readonly socket: Socket) {}

  async run(): Promise<void> {
    this.socket.write("* OK [CAPABILITY IMAP4rev1] ready (for (you\r\n");
    const chunks = this.socket[Symbol.asyncIterator]();
    for (;;) {
      const line = await this.#command(chunks);
      const [, tag = "*", command = ""] = /^(\S+) (.*)$/s.exec(line) ?? [];
      this.imap.commands.push(command);
      const { mishap } = this.imap;
      if (mishap !== null && command.startsWith(mishap.at)) {
        this.imap.mishap = null;
        if (mishap.send !== undefined) this.socket.write(mishap.send);
        if (mishap.cut) return void this.socket.destroySoon();
        continue;
      }
      this.socket.write(this.#answered(command).replace(/^TAG /m, `${tag} `));
      if (command === "LOGOUT") return void this.socket.end();
    }
  }

  /** A command with its literals, which become quoted, in one line. */
  async #command(chunks: AsyncIterator<Buffer>): Promise<string> {
    let whole = "";
    for (;;) {
      const line = await this.#taken(chunks, () => this.#rest.indexOf("\r\n") + 2, 2);
      const [literal, size] = /\{(\d+)\}\r\n$/.exec(line) ?? [];
      if (literal === undefined) return whole + line.slice(0, -2);
      this.socket.write("+ go on\r\n");
      const bytes = await this.#taken(chunks, () => Number(size), Number(size));
      whole += `${line.slice(0, -literal.length)}"${bytes.replace(/["\\]/g, "\\$&")}"`;
    }
  }

  async #taken(
    chunks: AsyncIterator<Buffer>,
    end: () => number,
    least: number,
  ): Promise<string> {
    while (end() < least || this.#rest.length < end()) {
      const { done, value } = await chunks.next();
      if (done) throw new Error("the client went away");
      this.#rest = Buffer.concat([this.#rest, value]);
    }
    const taken = this.#rest.subarray(0, end());
    this.#rest = this.#rest.subarray(taken.length);
    return taken.toString();
  }

  #answered(command: string): string {
    const [name = ""] = command.split(" ");
    if (name === "LOGOUT") return "* BYE\r\nTAG OK\r\n";
    if (name === "LOGIN") return this.#login(command);
    if (!this.#isIn) return "TAG BAD not signed in\r\n";
    if (name === "LIST") {
      const all = Object.values(MAILBOXES).map(([mailbox, flags]) =>
        `* LIST (${flags}) "." ${imapString(mailbox)}\r\n`
      );
      return `${all.join("")}TAG OK\r\n`;
    }
    if (name === "EXAMINE") return this.#examine(command);
    if (this.#folder === null) return "TAG BAD no mailbox\r\n";
    if (command.startsWith("UID SEARCH ")) return this.#search(command.slice(11));
    if (command.startsWith("UID FETCH ")) return this.#fetch(command.slice(10));
    return "TAG BAD unknown\r\n";
  }

  #login(command: string): string {
    const [, user, password] = stringsIn(command);
    this.#isIn = user === IMAP_USER && password === IMAP_PASSWORD;
    return this.#isIn ? "TAG OK\r\n" : "TAG NO [AUTHENTICATIONFAILED] wrong\r\n";
  }

  #examine(command: string): string {
    const [, name] = stringsIn(command);
    this.#folder = FOLDERS.find((folder) => MAILBOXES[folder][0] === name) ?? null;
    if (this.#folder === null) return "TAG NO [NONEXISTENT] no such mailbox\r\n";
    return `* FLAGS (\\Seen)\r\n* 3 EXISTS\r\n* OK [UIDVALIDITY ${this.imap.validity}] valid\r\n` +
      "TAG OK [READ-ONLY] done\r\n";
  }

  #here(): { mail: KeptMail; uid: number }[] {
    return this.imap.kept.map((mail, index) => ({ mail, uid: index + 1 }))
      .filter(({ mail }) => mail.folder === this.#folder);
  }

  #search(given: string): string {
    const words = stringsIn(given);
    if (words[0] === "CHARSET") words.splice(0, 2);
    else if (/[^\x20-\x7e]/.test(given)) return "TAG BAD not ASCII\r\n";
    let found = this.#here();
    while (words.length > 0) {
      const key = words.shift();
      const day = (mail: KeptMail) => Math.floor(mail.date.getTime() / 86_400_000) * 86_400_000;
      if (key === "UNDELETED") continue;
      else if (key === "UNSEEN") found = found.filter(({ mail }) => !mail.isRead);
      else {
        const value = words.shift() ?? "";
        if (key === "SINCE") found = found.filter(({ mail }) => day(mail) >= dayIn(value));
        else if (key === "BEFORE") found = found.filter(({ mail }) => day(mail) < dayIn(value));
        else if (key === "TEXT") {
          found = found.filter(({ mail }) => searched(mail).includes(value.toLowerCase()));
        } else return "TAG BAD unknown key\r\n";
      }
    }
    return `* SEARCH${found.map(({ uid }) => ` ${uid}`).join("")}\r\nTAG OK\r\n`;
  }

  #fetch(given: string): string {
    const [, set = "", list = ""] = /^([\d,:]+) \(?(.+?)\)?$/s.exec(given) ?? [];
    const runs = set.split(",").map((run) => run.split(":").map(Number));
    const items = list.match(/BODY\.PEEK\[[^\]]*\](<[\d.]+>)?|[A-Z]+/g) ?? [];
    const lines = this.#here().filter(({ uid }) =>
      runs.some(([first = 0, last = first]) => uid >= first && uid <= last)
    ).map(({ mail, uid }) =>
      `* ${uid} FETCH (${items.map((item) => itemOf(mail, uid, item)).join(" ")})\r\n`
    );
    return `${lines.join("")}* 1 FETCH (FLAGS (\\Seen))\r\nTAG OK\r\n`;
  }
}
