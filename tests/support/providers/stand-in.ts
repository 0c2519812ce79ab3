import { stubServer } from "../stub-server.ts";
import { type Answered, type Seen, served, type StandIn } from "./lasting-stand-in.ts";

export type { Answered, Mishap, Seen, StandIn } from "./lasting-stand-in.ts";

/** Starts a stand-in that ends with the test. */
export async function standIn(
  answer: (request: Seen) => Answered | Promise<Answered>,
): Promise<StandIn> {
  const service: StandIn = { url: "", seen: [], mishaps: [] };
  service.url = await stubServer((request, response) => {
    void served(service, request, response, answer);
  });
  return service;
}
