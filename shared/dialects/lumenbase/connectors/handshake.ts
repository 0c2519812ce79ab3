import * as z from "zod";
import { sameText } from "../../../auth/secret-token.ts";
import type { Target } from "../../../connectors/connectors.ts";
import { activities } from "../../../crm/activities.ts";
import { contacts } from "../../../crm/contacts.ts";
import { InvalidInput } from "../../../refusals/errors.ts";
import { Refusal } from "../../../refusals/refusal.ts";
import type { Call, Outcome } from "../../../http/call.ts";
import { secretsOf } from "../../../connectors/context.ts";
import { connectorOf } from "../../../connectors/proof.ts";
import { parseQuery } from "../../../http/query.ts";
import type { LumenbaseCaller } from "../caller.ts";
import type { LumenbaseOperation } from "../contract.ts";
import { answer } from "../envelope.ts";
import { instead } from "./connectable.ts";
import { contextOf } from "./context.ts";
import { type ConnectorReference, nameOf } from "./reference.ts";

const RESOURCES = { contact: contacts, activity: activities };

const MODE = "Must be subscribe";
const CHALLENGE = "Must be 1 to 200 letters, digits and characters of _.:-";

// A sender may add more parameters of its own.
const handshake = z.object({
  "hub.mode": z.literal("subscribe", MODE),
  "hub.verify_token": z.string(),
  "hub.challenge": z.string(CHALLENGE).regex(/^[\w.:-]{1,200}$/, CHALLENGE).meta({
    examples: ["1158201444"],
  }),
});

/**
 * GET through a connector: a sender makes sure that the address is ours before it sends. The answer
 * is `hub.challenge` as plain text when `hub.verify_token` is the connector's (Meta: Webhooks, Verify),
 * and to the holder of a token who only tries the address, that it is ready.
 */
export function answerHandshake(target: Target): LumenbaseOperation {
  return {
    kind: "write",
    instead: (call) =>
      instead(call, { kind: "write" }, (asked, connector) => challengeOf(asked, connector, target)),
    contract: {
      action: "handshake",
      resource: RESOURCES[target],
      parameters: handshake.extend({ connector: z.string() }),
    },
    run: () => {
      const message =
        "Is required: only a connector answers GET here; to read use the -crud function.";
      throw new InvalidInput([{ field: "connector", message }]);
    },
  };
}

async function challengeOf(
  call: Call<LumenbaseCaller>,
  reference: ConnectorReference,
  target: Target,
): Promise<Outcome> {
  const asks = [...call.query.keys()].some((name) => name.startsWith("hub."));
  const context = contextOf(call);
  const connector = await connectorOf(context, nameOf(call.caller, reference), target);
  if (call.caller.connector !== undefined && !asks) return answer(call, 200, { status: "ready" });
  const {
    "hub.verify_token": given,
    "hub.challenge": body,
  } = parseQuery(handshake, call.query);
  const { verify_token } = await secretsOf(context, connector);
  if (!verify_token || !sameText(given, verify_token)) {
    throw new Refusal("forbidden", "hub.verify_token is not this connector's verify_token.");
  }
  return { status: 200, body, contentType: "text/plain; charset=utf-8" };
}
