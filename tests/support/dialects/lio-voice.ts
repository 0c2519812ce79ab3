import type { ApiClient, ApiResponse, Json } from "../api-client.ts";
import type { ContractOperation } from "../contract-document.ts";
import { enterFunds } from "../lio-voice-funds.ts";
import { asOwner } from "../workspace.ts";

/** Mistakes in calls and phone numbers that only the server can see. */
export const VOICE_MISTAKES = [
  "^Has no phone number with its country code",
  "^Cannot be bought",
  "^(Must be tollfree for this number|This number is not toll-free)",
  "^Is not known to the telephone service",
];

/** Their fields that are read back under another name, or not at all. */
export const NOT_KEPT_OF_CALLS = [
  "phoneNumber",
  "friendlyName",
  "type",
  "system_prompt",
  "first_message",
  "voice_id",
  "number_id",
  "user_ids",
];

const OWN_NUMBER = "+18089250001";

/** Makes what examples about calls name, with money to pay for them; what they buy is nobody's again. */
export async function addVoiceParts(workspaceId: string): Promise<void> {
  await asOwner(
    `update crm.leads set phone = '+15557654321'
      where workspace_id = $1 and number = 80231 and phone is null`,
    [workspaceId],
  );
  await asOwner("delete from crm.phone_numbers where workspace_id = $1 and phone_number <> $2", [
    workspaceId,
    OWN_NUMBER,
  ]);
  await asOwner(
    `insert into crm.phone_numbers (workspace_id, number, phone_number, friendly_name, type, sid, capabilities,
       monthly_price)
     overriding system value
     select $1, 5, $2, 'Sales', 'local', 'PN1', '{"voice": true, "sms": true, "mms": true}', 1.15
     where not exists (select from crm.phone_numbers where workspace_id = $1)`,
    [workspaceId, OWN_NUMBER],
  );
  await enterFunds(workspaceId, 100);
}

/** A body in which a phone number that is bought is another for each `i`. */
export function ownNumber<T>({ id }: ContractOperation, body: T, i = 999): T {
  if (id !== "purchaseNumber") return body;
  return { ...body, phoneNumber: `+1808926${String(i % 10_000).padStart(4, "0")}` };
}

/** Makes a call that was made and paid for; answers its number. */
export async function addCall(workspaceId: string): Promise<string> {
  const [made] = await asOwner<{ number: string }>(
    `with call as (
       insert into crm.calls (workspace_id, lead_id, direction, from_number, to_number, status, sid, started_at,
         answered_at, ended_at, duration_sec, price, charged)
       select $1, id, 'outbound', $2, '+15557654321', 'completed', 'CA' || replace(gen_random_uuid()::text, '-', ''),
         now() - interval '15 seconds', now() - interval '11 seconds', now(), 15, 0.03, 0
       from crm.leads where workspace_id = $1 and number = 80231 returning *
     ), turn as (
       insert into crm.call_turns (workspace_id, call_id, place, speaker, said)
       select workspace_id, id, 0, 'agent', 'Hello' from call
     )
     select number from call`,
    [workspaceId, OWN_NUMBER],
  );
  return String(made?.number);
}

/** Asks for what costs money, where there is none. */
export async function withoutMoney(
  { method, path }: ContractOperation,
  workspaceId: string,
  api: ApiClient,
  body: unknown,
): Promise<ApiResponse> {
  await asOwner(
    "update crm.ledgers set balance = 0 where workspace_id = $1 and ledger = 'wallet'",
    [workspaceId],
  );
  return await api.send(method, path, { body });
}

/** Reads a phone number or a call that an operation made; null for the path of another. */
export async function readVoiceBack(
  api: ApiClient,
  path: string,
  made: Json,
): Promise<ApiResponse | null> {
  if (path.endsWith("/agent/initiate")) return await api.get(`lio/api/call/${made.id}`);
  if (!path.endsWith("/purchase-number")) return null;
  const answer = await api.get("lio/api/voice/my-numbers?limit=500");
  return { ...answer, body: { data: answer.body.data.find(({ id }: Json) => id === made.id) } };
}
