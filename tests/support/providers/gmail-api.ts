import PostalMime, { type Email } from "postal-mime";
import { type Answered, type Seen, type StandIn, standIn } from "./stand-in.ts";
import { isAuthorized, type TokenEndpoint } from "./token-endpoint.ts";

/** A local server that answers as the Gmail API does for users.messages. */
export interface GmailApi extends StandIn {
  /** What was sent. */
  mailbox: Email[];
}

const ME = "/gmail/v1/users/me";

/** Starts a stand-in that ends with the test; its tokens are those of the endpoint. */
export async function gmailApi(tokens: TokenEndpoint): Promise<GmailApi> {
  const mailbox: Email[] = [];
  const api = await standIn((request) => {
    if (!isAuthorized(tokens, request)) return unauthorized();
    return gmailSending(mailbox, [], request) ?? { status: 404, body: "Not Found" };
  });
  return Object.assign(api, { mailbox });
}

/** How Gmail refuses a token. */
export function unauthorized(): Answered {
  return refusal(401, "Request had invalid authentication credentials.", "authError");
}

/** The id of what was sent as the nth, whose thread has the same unless it went on with another. */
const sentId = (index: number): string => `18f${index + 1}`;

/**
 * Answers as getProfile, messages.send and the search by Message-ID do; null for what is none of these. Threads are
 * those that there are already.
 */
export function gmailSending(
  mailbox: Email[],
  threads: readonly string[],
  request: Seen,
): Answered | Promise<Answered> | null {
  const { method, path, query } = request;
  if (method === "GET" && path === `${ME}/profile`) {
    const body = {
      emailAddress: "rita@example.com",
      messagesTotal: 1,
      threadsTotal: 1,
      historyId: "1",
    };
    return { status: 200, body };
  }
  if (method === "POST" && path === `${ME}/messages/send`) return sent(mailbox, threads, request);
  const isSearch = method === "GET" && path === `${ME}/messages` &&
    (query.get("q") ?? "").startsWith("rfc822msgid:");
  return isSearch ? listed(mailbox, request) : null;
}

async function sent(
  mailbox: Email[],
  threads: readonly string[],
  { headers, body }: Seen,
): Promise<Answered> {
  if (!headers["content-type"]?.startsWith("application/json")) {
    return refusal(400, "Media type is not supported.", "badContent");
  }
  const { raw, threadId } = JSON.parse(body.toString()) as { raw?: string; threadId?: string };
  if (typeof raw !== "string" || !/^[\w-]+=*$/.test(raw)) {
    return refusal(400, "'raw' RFC822 payload message string required", "invalidArgument");
  }
  const email = await PostalMime.parse(Buffer.from(raw, "base64url"));
  if (!email.to?.length && !email.cc?.length && !email.bcc?.length) {
    return refusal(400, "Recipient address required", "invalidArgument");
  }
  const known = [...threads, ...mailbox.map((_, index) => sentId(index))];
  if (threadId !== undefined && !known.includes(threadId)) {
    return refusal(404, "Requested entity was not found.", "notFound");
  }
  const id = sentId(mailbox.push(email) - 1);
  return { status: 200, body: { id, threadId: threadId ?? id, labelIds: ["SENT"] } };
}

function listed(mailbox: Email[], { query }: Seen): Answered {
  const [, asked] = /^rfc822msgid:([^<>\s]+)$/.exec(query.get("q") ?? "") ?? [];
  const found = mailbox.flatMap(({ messageId }, index) =>
    messageId === `<${asked}>` ? [{ id: sentId(index), threadId: sentId(index) }] : []
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
