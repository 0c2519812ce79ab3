import type { ApiResponse } from "../api-client.ts";
import type { ContractOperation } from "../contract-document.ts";
import { giveCredits, takeFreeCredits } from "../ledgers.ts";
import { pathOf } from "../operation-requests.ts";
import type { DialectWorld } from "./dialect.ts";
import { goodBody } from "./made-world.ts";

/** More than all suites together spend in a world. */
export const MANY_CREDITS = 1_000_000;
const MOST_TRIES = 5;

/** Mistakes in what AI is to work with that only the server can see. */
export const AI_MISTAKES = ["^Must have at most 10 KB"];

/** A request of an operation that takes credits, without any. */
export async function withoutCredits(
  operation: ContractOperation,
  world: DialectWorld,
): Promise<ApiResponse[]> {
  if (!("402" in operation.responses)) return [];
  const { api, workspace: { id } } = world;
  const at = pathOf(operation, world.targets(operation).at(-1) ?? {});
  const answers: ApiResponse[] = [];
  let taken = 0;
  // A job of a request before may give back what it held.
  do {
    taken += await takeFreeCredits(id);
    answers.push(await api.post(at, goodBody(operation)));
  } while (answers.at(-1)?.status !== 402 && answers.length < MOST_TRIES);
  await giveCredits(id, taken);
  return answers;
}
