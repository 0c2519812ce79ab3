import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { buffer } from "node:stream/consumers";

/** What the CLI sends with a function's sources. */
export interface FunctionMetadata {
  name: string;
  entrypoint_path: string;
  import_map_path?: string;
  verify_jwt?: boolean;
}

/** One function as it was uploaded: its files by their path, and its settings. */
export interface UploadedFunction {
  metadata: FunctionMetadata;
  files: Map<string, Uint8Array>;
}

/** A stand-in for the part of Supabase's management API that `functions deploy` talks to. */
export interface ManagementApi {
  url: string;
  /** Uploads by function name. */
  uploads: Map<string, UploadedFunction>;
  /** The functions that the CLI put into service; an upload alone does not. */
  deployed: Set<string>;
  /** Secrets that were set, by name. */
  secrets: Map<string, string>;
  /** Hosts the CLI tried to reach through this server as its proxy. */
  otherHosts: string[];
  stop(): Promise<void>;
}

/** Starts the stand-in on a free port of this machine. It also acts as a proxy that refuses. */
export async function startManagementApi(): Promise<ManagementApi> {
  const uploads = new Map<string, UploadedFunction>();
  const deployed = new Set<string>();
  const secrets = new Map<string, string>();
  const otherHosts: string[] = [];
  const server = createServer((request, response) => {
    if (!request.url?.startsWith("/")) otherHosts.push(request.url ?? "");
    answer(request, { uploads, deployed, secrets }).then(
      ([status, body]) => sendJson(response, status, body),
      (error: unknown) => sendJson(response, 500, { message: String(error) }),
    );
  });
  server.on("connect", (request, socket) => {
    otherHosts.push(request.url ?? "");
    socket.on("error", () => socket.destroy());
    socket.end("HTTP/1.1 403 Forbidden\r\n\r\n");
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return { url, uploads, deployed, secrets, otherHosts, stop: () => stop(server) };
}

type State = Pick<ManagementApi, "uploads" | "deployed" | "secrets">;
type Answer = [status: number, body: unknown];

async function answer(request: IncomingMessage, state: State): Promise<Answer> {
  const { pathname, searchParams } = new URL(request.url ?? "", "http://localhost");
  const [, ref, path = ""] = /^\/v1\/projects\/([a-z]+)\/?(.*)$/.exec(pathname) ?? [];
  if (ref === undefined) return [404, { message: "Not Found" }];
  switch (`${request.method} ${path}`) {
    case "POST functions/deploy": {
      const upload = await readUpload(request);
      const slug = searchParams.get("slug") ?? upload.metadata.name;
      state.uploads.set(slug, upload);
      if (searchParams.get("bundleOnly") !== "true") state.deployed.add(slug);
      return [201, described(slug)];
    }
    case "PUT functions": {
      const functions = JSON.parse((await buffer(request)).toString()) as { slug: string }[];
      for (const { slug } of functions) state.deployed.add(slug);
      return [200, { functions }];
    }
    case "POST secrets": {
      const secrets = JSON.parse((await buffer(request)).toString()) as Record<string, string>[];
      for (const { name = "", value = "" } of secrets) state.secrets.set(name, value);
      return [201, {}];
    }
    case "GET functions":
      return [200, [...state.deployed].map(described)];
    default:
      return [404, { message: "Not Found" }];
  }
}

function described(slug: string): Record<string, unknown> {
  return { id: `id-of-${slug}`, slug, name: slug, status: "ACTIVE", version: 1 };
}

async function readUpload(request: IncomingMessage): Promise<UploadedFunction> {
  const headers = { "content-type": request.headers["content-type"] ?? "" };
  const form = await new Response(await buffer(request), { headers }).formData();
  const files = new Map<string, Uint8Array>();
  for (const part of form.getAll("file")) {
    if (typeof part === "string") throw new Error("A file part without a file name was uploaded");
    files.set(part.name, new Uint8Array(await part.arrayBuffer()));
  }
  return { metadata: JSON.parse(String(form.get("metadata"))) as FunctionMetadata, files };
}

function sendJson(response: ServerResponse, status: number, body: unknown): void {
  response.writeHead(status, { "content-type": "application/json" }).end(JSON.stringify(body));
}

async function stop(server: Server): Promise<void> {
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
}
