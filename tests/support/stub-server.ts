import type { RequestListener } from "node:http";
import { startStubServer } from "./start-stub-server.ts";
import { afterwards } from "./workspace.ts";

/** Serves something else than the API until the test is over, and answers its address. */
export async function stubServer(listener: RequestListener): Promise<string> {
  const { url, stop } = await startStubServer(listener);
  afterwards(stop);
  return url;
}
