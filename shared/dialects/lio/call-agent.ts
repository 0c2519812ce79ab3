import * as z from "zod";
import {
  type AgentCall,
  callAbandoning,
  callBeginning,
  callNoting,
  calls,
  type StoredCall,
  storedCall,
} from "../../crm/calls.ts";
import { domainError } from "../../crm/records.ts";
import { optional } from "../../crm/values/fields.ts";
import { selectById, shownRecord } from "../../crm/views/statements.ts";
import { isPostgresError, NO_PHONE_NUMBER, WALLET_EMPTY } from "../../db/errors.ts";
import { statement } from "../../db/sql.ts";
import { rowOf } from "../../db/wire/rows.ts";
import type { Workspace } from "../../db/workspace.ts";
import type { Call } from "../../http/call.ts";
import { type OutgoingWrite, writeOutside } from "../../http/outgoing-write.ts";
import { noParameters } from "../../http/query.ts";
import { lazy } from "../../memory/lazy.ts";
import { aiService } from "../../providers/ai/chat.ts";
import { ProviderFailed, stillInDoubt } from "../../providers/outgoing/provider-failed.ts";
import { placeCall } from "../../providers/voice/calls.ts";
import type { Twilio } from "../../providers/voice/twilio.ts";
import { InvalidInput } from "../../refusals/errors.ts";
import { Refusal } from "../../refusals/refusal.ts";
import { collectMistakes, validated } from "../../refusals/validation.ts";
import { callAddresses } from "../../voice/addresses.ts";
import { placedAs } from "../../voice/find-call.ts";
import type { LioCaller } from "./caller.ts";
import { callRecord } from "./call-view.ts";
import type { LioOperation } from "./contract.ts";
import { answer } from "./envelope.ts";
import { notConfigured, notConnected, paymentRequired } from "./errors.ts";
import { id as recordId } from "./given.ts";
import { BODY, objectOf, readQuery } from "./reading.ts";
import { oneRecord } from "./schemas.ts";
import { voiceService } from "./voice-service.ts";

const MOST_PROMPT = 20_000;
const MOST_FIRST = 4_000;
const RETRY_SECONDS = 60;

const body = lazy(() =>
  z.strictObject({
    system_prompt: z.string().regex(/\S/, "Must not be empty")
      .max(MOST_PROMPT, `Must have at most ${MOST_PROMPT} characters`)
      .meta({ examples: ["Sell bicycles.", "Ask when a test ride is wanted. 日本"] }),
    lead_id: recordId().optional(),
    contact_id: recordId().optional(),
    first_message: optional(
      z.string().max(MOST_FIRST, `Must have at most ${MOST_FIRST} characters`),
    ),
    voice_id: optional(
      z.string().regex(/^[\w.-]{1,100}$/, "Must be one of Twilio's voices, such as Polly.Joanna")
        .meta({ examples: ["Polly.Joanna", "alice"] }),
    ),
    language: optional(
      z.string().regex(
        /^[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8}){0,3}$/,
        "Must be a language (BCP 47), such as en-US",
      ).meta({ examples: ["en-US", "de"] }),
    ),
  }).meta({
    anyOf: [
      { required: ["lead_id"], properties: { contact_id: { not: {} } } },
      { required: ["contact_id"], properties: { lead_id: { not: {} } } },
    ],
  })
);

/** POST: lets an AI agent call a lead or a contact (decisions: 23). */
export const initiateAgentCall: LioOperation = {
  kind: "write",
  body: BODY,
  get contract() {
    return {
      id: "initiateAgentCall",
      summary: "Let an AI agent call a lead or a contact",
      body: body(),
      answers: { 201: oneRecord(callRecord.schema) },
      refusals: ["conflict", "payment_required", "provider_failed", "unavailable"] as const,
    };
  },
  async run(call) {
    const [, given] = collectMistakes(
      () => readQuery(call, noParameters()),
      () => agentCallOf(validated(body(), objectOf(call))),
    );
    try {
      return await writeOutside(call, initiation(call, given));
    } catch (error) {
      throw refused(error);
    }
  },
};

function agentCallOf(given: AgentCall): AgentCall {
  if ((given.lead_id === undefined) !== (given.contact_id === undefined)) return given;
  const message = "Give either lead_id, or contact_id.";
  const field = given.lead_id === undefined ? "lead_id" : "contact_id";
  throw new InvalidInput([{ field, message }]);
}

function initiation(call: Call<LioCaller>, given: AgentCall): OutgoingWrite<string> {
  const service = voiceService(call);
  requireAi(call);
  const { workspace, services: { publicUrl } } = call;
  // Of a process that went away nobody knows how far it came.
  let isNew = false;
  return {
    async prepare(transaction) {
      isNew = true;
      const [rows] = await transaction.run([statement(callBeginning(given))]);
      return rowOf<{ id: string }>(rows).id;
    },
    async act(id) {
      const former = isNew ? null : await formerly(service, workspace, id).catch(stillInDoubt);
      if (former !== null) return former;
      return await place(
        service,
        workspace,
        id,
        callAddresses(publicUrl, {
          workspaceId: workspace.id,
          id,
        }),
      );
    },
    async settle(transaction, id, sid) {
      const rows = await transaction.run([
        statement(callNoting(id, { sid, status: "queued" })),
        selectById(callRecord, id),
      ]);
      return answer(201, shownRecord(callRecord, "", rows.at(-1)), "Call started");
    },
    async release(transaction, id, error) {
      // One that may have been placed keeps its key, so that a retry finds it.
      if (!(error instanceof ProviderFailed) || error.mayHaveHappened) throw error;
      await transaction.run([statement(callAbandoning(id))]);
    },
  };
}

function requireAi({ services: { env } }: Call<LioCaller>): void {
  if (aiService(env) !== null) return;
  throw notConfigured("ai", "The AI that talks in calls is not configured.");
}

/** Places a call; whether that happened although it failed is looked up. Throws ProviderFailed. */
async function place(
  service: Twilio,
  workspace: Workspace,
  id: string,
  { talk: url, status: statusUrl }: ReturnType<typeof callAddresses>,
): Promise<string> {
  const { from_number: from, to_number: to } = await stored(workspace, id);
  try {
    return (await placeCall(service, { to, from, url, statusUrl })).sid;
  } catch (error) {
    const isInDoubt = error instanceof ProviderFailed && error.mayHaveHappened;
    const sid = isInDoubt ? await formerly(service, workspace, id).catch(() => null) : null;
    if (sid !== null) return sid;
    throw error;
  }
}

async function stored(workspace: Workspace, id: string): Promise<StoredCall> {
  const [rows] = await workspace.read([statement(storedCall(id))]);
  return rowOf<StoredCall>(rows);
}

/**
 * What a call was placed as, if it was: the telephone service may have told of it already. Throws ProviderFailed, and
 * Refusal where it could be that of another call.
 */
async function formerly(service: Twilio, workspace: Workspace, id: string): Promise<string | null> {
  const call = await stored(workspace, id);
  if (call.sid !== null) return call.sid;
  if (!call.is_alone) {
    throw new Refusal("unavailable", "It is not known yet whether the call was placed.", {
      retry_after: RETRY_SECONDS,
    });
  }
  return (await placedAs(service, workspace, call))?.sid ?? null;
}

function refused(error: unknown): unknown {
  if (!isPostgresError(error)) return error;
  if (error.code === NO_PHONE_NUMBER) {
    return notConnected("phone_number", "The organisation has no phone number to call from.");
  }
  if (error.code === WALLET_EMPTY) {
    return paymentRequired("insufficient_funds", "The wallet is empty.");
  }
  return domainError(calls, error);
}
