import PostalMime, { type Email } from "postal-mime";
import { type Answered, type Seen, type StandIn, standIn } from "./stand-in.ts";
import { isAuthorized, type TokenEndpoint } from "./token-endpoint.ts";

/** A local server that answers as Microsoft Graph does for a mailbox. */
export interface MicrosoftGraph extends StandIn {
  /** What was sent. */
  mailbox: Email[];
}

const FILTER = /^internetMessageId eq '((?:[^']|'')*)'$/;

/** Starts a stand-in that ends with the test; its tokens are those of the endpoint. */
export async function microsoftGraph(tokens: TokenEndpoint): Promise<MicrosoftGraph> {
  const mailbox: Email[] = [];
  const graph = await standIn((request) => {
    if (!isAuthorized(tokens, request)) {
      return refusal(
        401,
        "InvalidAuthenticationToken",
        "Access token has expired or is not yet valid.",
      );
    }
    if (request.path === "/v1.0/me/sendMail") return sent(mailbox, request);
    if (request.path === "/v1.0/me/messages") return listed(mailbox, request);
    return refusal(404, "BadRequest", "Resource not found for the segment.");
  });
  return Object.assign(graph, { url: `${graph.url}/v1.0`, mailbox });
}

/** Answers as sendMail does to MIME. */
export async function sent(mailbox: Email[], { method, headers, body }: Seen): Promise<Answered> {
  if (method !== "POST") {
    return refusal(405, "Request_BadRequest", "Specified HTTP method is not allowed.");
  }
  const text = body.toString();
  if (headers["content-type"] !== "text/plain" || !/^[A-Za-z0-9+/]+=*$/.test(text)) {
    return refusal(400, "RequestBodyRead", "The MIME content is no valid base64 string.");
  }
  const email = await PostalMime.parse(Buffer.from(text, "base64"));
  if (!email.to?.length && !email.cc?.length && !email.bcc?.length) {
    return refusal(400, "ErrorInvalidRecipients", "At least one recipient isn't valid.");
  }
  mailbox.push(email);
  return { status: 202 };
}

function listed(mailbox: Email[], { method, query }: Seen): Answered {
  const [, quoted] = FILTER.exec(query.get("$filter") ?? "") ?? [];
  if (method !== "GET" || quoted === undefined) {
    return refusal(
      400,
      "ErrorInvalidUrlQueryFilter",
      "The query filter contains one or more invalid nodes.",
    );
  }
  const asked = quoted.replaceAll("''", "'");
  const value = mailbox.flatMap(({ messageId }, index) =>
    messageId === asked ? [{ id: `AAMk${index + 1}` }] : []
  );
  return { status: 200, body: { value } };
}

/** An error as Microsoft Graph puts it. */
export function refusal(status: number, code: string, message: string): Answered {
  const innerError = { date: "2026-03-28T09:15:00", "request-id": "0", "client-request-id": "0" };
  return { status, body: { error: { code, message, innerError } } };
}
