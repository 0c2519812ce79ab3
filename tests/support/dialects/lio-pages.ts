import type { ApiResponse } from "../api-client.ts";
import type { ContractOperation } from "../contract-document.ts";
import { pathOf } from "../operation-requests.ts";
import { asOwner } from "../workspace.ts";
import type { DialectWorld } from "./dialect.ts";

/**
 * Submissions of a fresh form, few enough for its limit: as its page sends them, one that thanks and one that
 * goes on elsewhere; one with a mistake; and two of one idempotency key that differ.
 */
export async function fromPages(
  operation: ContractOperation,
  world: DialectWorld,
): Promise<ApiResponse[]> {
  const target = await world.fresh(operation);
  const headers = {
    accept: "text/html",
    "content-type": "application/x-www-form-urlencoded",
  };
  const at = pathOf(operation, target);
  const page = { raw: "email=a%40example.com", headers };
  const thanked = await world.api.send("POST", at, page);
  const wrong = await world.api.send("POST", at, { body: { email: "nobody@" } });
  const kept = { "Idempotency-Key": `page-${target.form_link}` };
  const [made, other] = [
    await world.api.send("POST", at, { body: { email: "a@example.com" }, headers: kept }),
    await world.api.send("POST", at, { body: { email: "b@example.com" }, headers: kept }),
  ];
  await asOwner("update crm.forms set redirect_url = $2 where form_link = $1", [
    target.form_link,
    "https://example.com/thanks",
  ]);
  return [thanked, wrong, made, other, await world.api.send("POST", at, page)];
}
