import { sameText } from "../auth/secret-token.ts";
import type { Target } from "../connectors/connectors.ts";
import { InvalidInput } from "../crm/errors.ts";
import { connectorOf, secretsOf } from "./connector-of.ts";
import { ApiError } from "./errors.ts";
import type { Operation } from "./operation.ts";

const CHALLENGE = /^[\w.:-]{1,200}$/;

/**
 * GET through a connector: a sender makes sure that the address is ours before it sends. The answer
 * is `hub.challenge` as plain text when `hub.verify_token` is the connector's (Meta: Webhooks, Verify).
 */
export function answerHandshake(target: Target): Operation {
  const throughConnector: Operation["throughConnector"] = async (call) => {
    const connector = await connectorOf(call, target);
    const { verify_token } = await secretsOf(call, connector);
    const [mode, given, challenge] = ["mode", "verify_token", "challenge"]
      .map((name) => call.query.get(`hub.${name}`) ?? "");
    if (mode !== "subscribe" || !CHALLENGE.test(challenge ?? "")) {
      const message = "Must be subscribe, with hub.verify_token and hub.challenge.";
      throw new InvalidInput([{ field: "hub.mode", message }]);
    }
    if (!verify_token || !sameText(given ?? "", verify_token)) {
      throw new ApiError("FORBIDDEN", "hub.verify_token is not this connector's verify_token.");
    }
    const contentType = "text/plain; charset=utf-8";
    return { status: 200, body: challenge ?? "", replayed: false, contentType };
  };
  return {
    kind: "write",
    throughConnector,
    run: () => {
      const message =
        "Is required: only a connector answers GET here; to read use the -crud function.";
      throw new InvalidInput([{ field: "connector", message }]);
    },
  };
}
