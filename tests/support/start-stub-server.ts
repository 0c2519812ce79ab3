import { createServer, type RequestListener } from "node:http";
import type { AddressInfo } from "node:net";

/** A server of something else than the API. */
export interface StubServer {
  url: string;
  stop(): Promise<void>;
}

/** Serves something else than the API until it is stopped. */
export async function startStubServer(listener: RequestListener): Promise<StubServer> {
  // Never closed for being idle: a request on its way there would get no answer.
  const server = createServer({ keepAliveTimeout: 0 }, listener);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    async stop() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
