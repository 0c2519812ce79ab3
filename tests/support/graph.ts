import { createServer, type IncomingMessage } from "node:http";
import type { AddressInfo } from "node:net";
import type { Json } from "./api-client.ts";
import { afterwards } from "./workspace.ts";

/** A request that the stand-in got. */
export interface GraphRequest {
  path: string;
  query: URLSearchParams;
  authorization: string | undefined;
}

/** A local server that answers as Meta's Graph API does for leads. */
export interface Graph {
  url: string;
  requests: GraphRequest[];
  /** What it knows, by id. */
  leads: Record<string, Json>;
  /** Answers this instead, once each. */
  failures: { status: number; body: Json }[];
}

const UNKNOWN = {
  error: { message: "Unsupported get request.", type: "GraphMethodException", code: 100 },
};

/** Starts a stand-in that ends with the test. */
export async function graphServer(leads: Graph["leads"] = {}): Promise<Graph> {
  const graph: Graph = { url: "", requests: [], leads, failures: [] };
  // As it is never closed for being idle, no request meets its end.
  const server = createServer({ keepAliveTimeout: 0 }, (request, response) => {
    const seen = read(request);
    graph.requests.push(seen);
    const lead = graph.leads[seen.path.split("/").at(-1) ?? ""];
    const { status, body } = graph.failures.shift() ??
      (lead === undefined ? { status: 400, body: UNKNOWN } : { status: 200, body: lead });
    response.writeHead(status, { "content-type": "application/json" });
    response.end(JSON.stringify(body));
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  afterwards(async () => {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  });
  graph.url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/v24.0`;
  return graph;
}

function read({ url = "", headers }: IncomingMessage): GraphRequest {
  const { pathname, searchParams } = new URL(url, "http://graph");
  return { path: pathname, query: searchParams, authorization: headers.authorization };
}
