import PostalMime, { type Email } from "postal-mime";
import { type Answered, type Seen, type StandIn, standIn } from "./stand-in.ts";
import { isAuthorized, type TokenEndpoint } from "./token-endpoint.ts";

/** A local server that answers as the Gmail API does for users.messages. */
export interface GmailApi extends StandIn {
  /** What was sent. */
  mailbox: Email[];
}

const SEND = "/gmail/v1/users/me/messages/send";
const LIST = "/gmail/v1/users/me/messages";

/** Starts a stand-in that ends with the test; its tokens are those of the endpoint. */
export async function gmailApi(tokens: TokenEndpoint): Promise<GmailApi> {
  const mailbox: Email[] = [];
  const api = await standIn((request) => {
    if (!isAuthorized(tokens, request)) {
      return refusal(401, "Request had invalid authentication credentials.", "authError");
    }
    if (request.method === "POST" && request.path === SEND) return sent(mailbox, request);
    if (request.method === "GET" && request.path === LIST) return listed(mailbox, request);
    return { status: 404, body: "Not Found" };
  });
  return Object.assign(api, { mailbox });
}

async function sent(mailbox: Email[], { headers, body }: Seen): Promise<Answered> {
  if (!headers["content-type"]?.startsWith("application/json")) {
    return refusal(400, "Media type is not supported.", "badContent");
  }
  const { raw } = JSON.parse(body.toString()) as { raw?: string };
  if (typeof raw !== "string" || !/^[\w-]+=*$/.test(raw)) {
    return refusal(400, "'raw' RFC822 payload message string required", "invalidArgument");
  }
  const email = await PostalMime.parse(Buffer.from(raw, "base64url"));
  if (!email.to?.length && !email.cc?.length && !email.bcc?.length) {
    return refusal(400, "Recipient address required", "invalidArgument");
  }
  mailbox.push(email);
  const id = `18f${mailbox.length}`;
  return { status: 200, body: { id, threadId: id, labelIds: ["SENT"] } };
}

function listed(mailbox: Email[], { query }: Seen): Answered {
  const [, asked] = /^rfc822msgid:([^<>\s]+)$/.exec(query.get("q") ?? "") ?? [];
  const found = mailbox.flatMap(({ messageId }, index) =>
    messageId === `<${asked}>` ? [{ id: `18f${index + 1}`, threadId: `18f${index + 1}` }] : []
  );
  // Without any, Gmail leaves the list out.
  return {
    status: 200,
    body: { ...(found.length > 0 ? { messages: found } : {}), resultSizeEstimate: found.length },
  };
}

/** An error as Google's APIs put it. */
export function refusal(code: number, message: string, reason: string): Answered {
  const errors = [{ message, domain: "global", reason }];
  return { status: code, body: { error: { code, message, errors } } };
}
