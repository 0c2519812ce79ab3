import { createServer, type RequestListener } from "node:http";
import type { AddressInfo } from "node:net";
import { afterwards } from "./workspace.ts";

/** Serves something else than the API until the test is over, and answers its address. */
export async function stubServer(listener: RequestListener): Promise<string> {
  const server = createServer(listener);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  afterwards(async () => {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}
