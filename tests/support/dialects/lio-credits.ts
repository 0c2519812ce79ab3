import type { ApiResponse } from "../api-client.ts";
import type { ContractOperation } from "../contract-document.ts";
import { giveCredits } from "../ledgers.ts";
import { pathOf } from "../operation-requests.ts";
import type { DialectWorld } from "./dialect.ts";
import { goodBody } from "./made-world.ts";

/** More than all suites together spend in a world. */
export const MANY_CREDITS = 1_000_000;
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
  const { body } = await api.get("lio/api/credits");
  const { balance } = body.data;
  await giveCredits(id, -balance);
  const answer = await api.post(at, goodBody(operation));
  await giveCredits(id, balance);
  return [answer];
}
