import { spawn } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import { createInterface } from "node:readline";
import type { Mail, Outcome, Sighting } from "../../../shared/providers/mail/mail.ts";
import type { Account } from "../../../shared/providers/mail/send.ts";
import { denoBinary } from "../deno.ts";

const PROGRAM = fileURLToPath(new URL("deno-mailer.ts", import.meta.url));
const TIMEOUT_MS = 60_000;

/** What one attempt came to, and the refresh tokens that were to be kept from then on. */
export interface Attempt<T = Outcome> {
  outcome: T;
  rotated: string[];
}

interface Waiting {
  resolve(attempt: Attempt<never>): void;
  reject(reason: Error): void;
}

/** The mail providers in a Deno process, as a function has them. */
export interface MailProcess {
  send(account: Account, mail?: Partial<Mail>, timeoutMs?: number): Promise<Attempt>;
  find(account: Account, messageId: string): Promise<Attempt<Sighting | null>>;
  stop(): Promise<void>;
}

/** A message to one recipient. */
export const MAIL: Mail = {
  messageId: "<01890a5d-ac96-774b-bcce-b302099a8057@example.com>",
  date: new Date("2026-03-28T09:15:00Z"),
  from: { address: "sales@example.com", name: "Sales" },
  to: ["ada@example.org"],
  cc: [],
  bcc: [],
  replyTo: null,
  inReplyTo: null,
  subject: "Hello",
  html: null,
  text: "Hello Ada",
  unsubscribeUrl: null,
};

/** This machine may be reached. */
export const NETWORKS = { OUTBOUND_PRIVATE_NETWORKS: "127.0.0.0/8,::1/128" };

/** Starts the process, which trusts a certificate, if given, and knows these variables. */
export function startMailProcess(
  env: Record<string, string>,
  certificate?: string,
): MailProcess {
  const trusted = certificate === undefined ? {} : { DENO_CERT: certificate };
  const child = spawn(denoBinary, ["run", "--no-prompt", "--allow-net", "--allow-env", PROGRAM], {
    env: { PATH: process.env.PATH, HOME: process.env.HOME, NO_COLOR: "1", ...trusted },
    stdio: ["pipe", "pipe", "inherit"],
  });
  const waiting = new Map<number, Waiting>();
  child.once("exit", (code) => {
    for (const { reject } of waiting.values()) reject(new Error(`The process ended with ${code}.`));
  });
  createInterface({ input: child.stdout }).on("line", (line) => {
    const { id, ...attempt } = JSON.parse(line);
    waiting.get(id)?.resolve(attempt);
    waiting.delete(id);
  });
  let last = 0;
  const asked = <T>(task: object) =>
    new Promise<Attempt<T>>((resolve, reject) => {
      waiting.set(++last, { resolve: resolve as Waiting["resolve"], reject });
      child.stdin.write(`${JSON.stringify({ id: last, env, timeoutMs: TIMEOUT_MS, ...task })}\n`);
    });
  return {
    send: (account, mail = {}, timeoutMs = TIMEOUT_MS) =>
      asked({ account, mail: { ...MAIL, ...mail }, timeoutMs }),
    find: (account, messageId) => asked({ account, find: messageId }),
    async stop() {
      child.stdin.end();
      child.kill("SIGKILL");
      if (child.exitCode === null && child.signalCode === null) await once(child, "exit");
    },
  };
}
