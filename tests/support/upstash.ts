import { createHash, randomUUID } from "node:crypto";
import { once } from "node:events";
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { text } from "node:stream/consumers";
import { setTimeout as sleep } from "node:timers/promises";
import RedisMock from "ioredis-mock";

/** What the stand-in does other than answer at once and truly. */
export interface Behaviour {
  /** Waits before it acts on a request. */
  delayMs?: number;
  /** Sends this body instead of acting. */
  answer?: string;
  status?: number;
}

/** A local server that speaks the Upstash REST protocol, backed by an in-memory Redis. */
export interface UpstashStandIn {
  url: string;
  token: string;
  /** Requests received so far. */
  requests(): number;
  /** Changes what it does from now on; `{}` is back to normal. */
  behave(behaviour: Behaviour): void;
  /** Closes the port: connections are refused until `listen`. Data is kept. */
  refuse(): Promise<void>;
  listen(): Promise<void>;
}

/** Starts a stand-in on a free port, with data of its own. End it with `refuse`. */
export async function startUpstash(): Promise<UpstashStandIn> {
  const token = randomUUID();
  const run = redis();
  let behaviour: Behaviour = {};
  let received = 0;
  let port = 0;

  // As it is never closed for being idle, no request meets its end.
  const server = createServer({ keepAliveTimeout: 0 }, (request, response) => {
    received++;
    handle(request, token, behaviour, run)
      .then(({ status, body }) => send(response, status, body))
      .catch((error: Error) => send(response, 500, JSON.stringify({ error: error.message })));
  });
  const listen = async () => {
    port = await listening(server, port);
  };
  await listen();

  return {
    url: `http://127.0.0.1:${port}`,
    token,
    requests: () => received,
    behave: (next) => void (behaviour = next),
    refuse: () => closed(server),
    listen,
  };
}

type RedisClient = InstanceType<typeof RedisMock>;
type Run = (command: unknown[]) => Promise<{ result: unknown } | { error: string }>;

async function handle(request: IncomingMessage, token: string, behaviour: Behaviour, run: Run) {
  const body = await text(request);
  if (behaviour.delayMs) await sleep(behaviour.delayMs, null, { ref: false });
  if (behaviour.answer !== undefined) {
    return { status: behaviour.status ?? 200, body: behaviour.answer };
  }
  if (request.headers.authorization !== `Bearer ${token}`) {
    return {
      status: 401,
      body: JSON.stringify({ error: "WRONGPASS invalid or missing auth token" }),
    };
  }
  const base64 = request.headers["upstash-encoding"] === "base64";
  const encode = (value: unknown) => JSON.stringify(base64 ? inBase64(value) : value);
  if (request.url === "/pipeline") {
    const answers = [];
    for (const command of JSON.parse(body) as unknown[][]) answers.push(await run(command));
    return { status: 200, body: encode(answers) };
  }
  const answer = await run(JSON.parse(body) as unknown[]);
  return { status: "error" in answer ? 400 : 200, body: encode(answer) };
}

function redis(): Run {
  // Instances of the mock that share a host also share their data.
  const mock = new RedisMock({ host: randomUUID() });
  const scripts = new Map<string, string>();

  return async (command) => {
    const [name = "", ...args] = command.map(String);
    try {
      switch (name.toLowerCase()) {
        case "eval": {
          const [script = "", ...rest] = args;
          scripts.set(createHash("sha1").update(script).digest("hex"), script);
          return { result: await evaluate(mock, script, rest) };
        }
        case "evalsha": {
          const [hash = "", ...rest] = args;
          const script = scripts.get(hash);
          if (script === undefined) return { error: "NOSCRIPT No matching script." };
          return { result: await evaluate(mock, script, rest) };
        }
        default:
          return await plain(mock, name.toLowerCase(), args);
      }
    } catch (error) {
      return { error: error instanceof Error ? error.message : String(error) };
    }
  };
}

async function plain(mock: RedisClient, name: string, args: string[]) {
  const command: unknown = Reflect.get(mock, name);
  if (typeof command !== "function") return { error: `ERR unknown command '${name}'` };
  return { result: await Reflect.apply(command, mock, args) };
}

// The mock's Lua refuses the `#!lua` line that Upstash understands.
function evaluate(mock: RedisClient, script: string, args: string[]) {
  const [keys = "0", ...rest] = args;
  return mock.eval(script.replace(/^#!lua[^\n]*\n/, ""), Number(keys), ...rest);
}

function inBase64(answer: unknown): unknown {
  if (Array.isArray(answer)) return answer.map(inBase64);
  if (typeof answer === "string") {
    return answer === "OK" ? answer : Buffer.from(answer).toString("base64");
  }
  if (typeof answer === "object" && answer !== null && "result" in answer) {
    return { result: inBase64(answer.result) };
  }
  return answer;
}

function send(response: ServerResponse, status: number, body: string): void {
  response.writeHead(status, { "content-type": "application/json" }).end(body);
}

async function listening(server: Server, port: number): Promise<number> {
  server.listen(port, "127.0.0.1");
  await once(server, "listening");
  return (server.address() as AddressInfo).port;
}

function closed(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve());
    server.closeAllConnections();
  });
}
