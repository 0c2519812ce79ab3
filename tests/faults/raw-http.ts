import { connect, type Socket } from "node:net";

/** What came back over a socket until it was closed or nothing more came. */
export interface RawAnswer {
  /** The status of each answer, in order. */
  statuses: number[];
  /** Everything that was sent back, as Latin-1. */
  text: string;
  /** Whether the server closed the connection. */
  closed: boolean;
}

// How long an answer may take before the server counts as hanging.
const HANGS_MS = 60_000;

/** Opens a connection to a server on this machine. */
export function open(url: string): Promise<Socket> {
  const { port } = new URL(url);
  return new Promise((resolve, reject) => {
    const socket = connect(Number(port), "127.0.0.1", () => {
      socket.off("error", reject);
      socket.on("error", () => {});
      resolve(socket);
    });
    socket.once("error", reject);
  });
}

/**
 * Sends bytes as they are and waits for the answer to them, or for the end of the connection. Our
 * side of it is ended when no answer has come in `patienceMs`. Throws when neither comes.
 */
export async function sendRaw(
  url: string,
  bytes: string | Buffer,
  patienceMs = HANGS_MS,
): Promise<RawAnswer> {
  const socket = await open(url);
  let text = "";
  let closed = false;
  const done = new Promise<void>((resolve, reject) => {
    const timer = setTimeout(() => reject(new Error("neither answer nor end")), HANGS_MS);
    const finish = () => {
      clearTimeout(timer);
      resolve();
    };
    socket.on("data", (data: Buffer) => {
      text += data.toString("latin1");
      if (isWhole(text)) finish();
    });
    socket.on("close", () => {
      closed = true;
      finish();
    });
  });
  socket.write(typeof bytes === "string" ? Buffer.from(bytes, "latin1") : bytes);
  const ending = setTimeout(() => socket.end(), patienceMs);
  try {
    await done;
  } finally {
    clearTimeout(ending);
    socket.destroy();
  }
  const statuses = [...text.matchAll(/^HTTP\/1\.1 (\d{3})/gm)].map(([, code]) => Number(code));
  return { statuses, text, closed };
}

function isWhole(text: string): boolean {
  const end = text.indexOf("\r\n\r\n");
  if (end < 0) return false;
  const length = /^content-length: (\d+)/im.exec(text.slice(0, end))?.[1];
  const body = text.slice(end + 4);
  return length === undefined ? body.endsWith("0\r\n\r\n") : body.length >= Number(length);
}

/** A request as text, with these headers as they are. */
export function requestOf(
  method: string,
  path: string,
  headers: readonly string[],
  body = "",
): string {
  const lines = [`${method} /functions/v1/${path} HTTP/1.1`, "Host: localhost", ...headers];
  return `${lines.join("\r\n")}\r\n\r\n${body}`;
}
