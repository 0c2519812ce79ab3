import * as z from "zod";
import { lazy } from "../../memory/lazy.ts";
import { askService } from "../outgoing/ask-service.ts";
import type { Access, Service } from "../outgoing/service.ts";
import { shownBodies } from "./bodies.ts";
import {
  attachmentsOf,
  bodiesOf,
  type GmailMessage,
  gmailMessage,
  LABELS,
  listedOf,
} from "./gmail-message.ts";
import { inTurn } from "./in-turn.ts";
import type { Mailbox, MailboxMessage, MailboxPage, MailboxQuery } from "./messages.ts";
import { failed, unreadable } from "./failures.ts";

const MOST_LISTED = 500;
/** Messages that are asked for at once. */
const AT_ONCE = 8;
const ID = /^[\w-]{1,100}$/;
// Of a message what a list tells, without its bodies: parts within parts as deep as attachments are.
const NESTED = ["mimeType", "filename", "partId", "body(attachmentId,size)"].join();
const parts = (depth: number): string =>
  `parts(${NESTED}${depth === 0 ? "" : `,${parts(depth - 1)}`})`;
const LISTED = `id,threadId,labelIds,snippet,internalDate,payload(headers,${NESTED},${parts(4)})`;

const listed = lazy(() =>
  z.looseObject({
    messages: z.array(z.looseObject({ id: z.string() })).default([]),
    nextPageToken: z.string().optional(),
    resultSizeEstimate: z.number().default(0),
  })
);
const attached = lazy(() => z.looseObject({ data: z.string().default("") }));
const refusal = lazy(() =>
  z.looseObject({
    error: z.looseObject({
      status: z.string().optional(),
      errors: z.array(z.looseObject({ reason: z.string().optional() })).optional(),
    }),
  })
);

/** Reads a mailbox by the Gmail API. */
export function gmailMailbox(
  { url, access, signal }: { url: string; access: Access; signal?: AbortSignal | undefined },
): Mailbox {
  const service: Service = { name: "Gmail", url, access, codeOf };
  const get: Get = async (path, query, expected = []) => {
    const text = query.toString();
    const whole = `/gmail/v1/users/me/messages${path}${text === "" ? "" : `?${text}`}`;
    const { status, body } = await askService(
      service,
      { method: "GET", path: whole, ...(signal === undefined ? {} : { signal }) },
      expected,
    );
    return { status, body };
  };
  return {
    list: (query) => list(get, query),
    view: (id) => ID.test(id) ? view(get, id) : Promise.resolve(null),
  };
}

type Get = (
  path: string,
  query: URLSearchParams,
  expected?: readonly number[],
) => Promise<{ status: number; body: unknown }>;

async function list(get: Get, query: MailboxQuery): Promise<MailboxPage> {
  const { ids, total } = await idsOf(get, query);
  const fields = new URLSearchParams({ format: "full", fields: LISTED });
  const found = await inTurn(ids, AT_ONCE, (id) => messageOf(get, id, fields));
  // One that was deleted since is left out.
  const messages = found.flatMap((message) => message === null ? [] : [listedOf(message)]);
  return { messages, total };
}

/** The ids of a page: what is before it is walked through, as pages have no numbers there. */
async function idsOf(get: Get, query: MailboxQuery): Promise<{ ids: string[]; total: number }> {
  const start = (query.page - 1) * query.size;
  const all: string[] = [];
  let pageToken: string | undefined;
  for (;;) {
    const wanted = Math.min(MOST_LISTED, start + query.size - all.length);
    const { body } = await get("", parametersOf(query, wanted, pageToken));
    const { data } = listed().safeParse(body);
    if (data === undefined) throw unreadable("Gmail");
    all.push(...data.messages.map(({ id }) => id));
    pageToken = data.nextPageToken;
    if (pageToken === undefined) return { ids: all.slice(start), total: all.length };
    if (all.length >= start + query.size || data.messages.length === 0) {
      const ids = all.slice(start, start + query.size);
      return { ids, total: Math.max(data.resultSizeEstimate, all.length) };
    }
  }
}

function parametersOf(
  { folder, search, unreadOnly, after, before }: MailboxQuery,
  maxResults: number,
  pageToken: string | undefined,
): URLSearchParams {
  const label = LABELS.find(([, one]) => one === folder)?.[0];
  // What is searched for must not reach beyond the other conditions.
  const words = search.replace(/[(){}]/g, " ").trim();
  const q = [
    ...(words === "" ? [] : [/\bOR\b|\|/.test(words) ? `(${words})` : words]),
    ...(unreadOnly ? ["is:unread"] : []),
    // Seconds; the first one is left out there.
    ...(after === null ? [] : [`after:${Math.ceil(after.getTime() / 1000) - 1}`]),
    ...(before === null ? [] : [`before:${Math.ceil(before.getTime() / 1000)}`]),
  ].join(" ");
  return new URLSearchParams({
    ...(q === "" ? {} : { q }),
    ...(label === undefined ? {} : { labelIds: label }),
    ...(folder === "trash" ? { includeSpamTrash: "true" } : {}),
    maxResults: String(maxResults),
    ...(pageToken === undefined ? {} : { pageToken }),
  });
}

async function view(get: Get, id: string): Promise<MailboxMessage | null> {
  const message = await messageOf(get, id, new URLSearchParams({ format: "full" }));
  if (message === null) return null;
  const bodies = await bodiesOf(message.payload, async (attachmentId) => {
    const path = `/${id}/attachments/${encodeURIComponent(attachmentId)}`;
    const { body } = await get(path, new URLSearchParams());
    return attached().safeParse(body).data?.data ?? "";
  });
  return {
    ...listedOf(message),
    ...await shownBodies(bodies),
    attachments: attachmentsOf(message.payload),
  };
}

async function messageOf(
  get: Get,
  id: string,
  query: URLSearchParams,
): Promise<GmailMessage | null> {
  const { status, body } = await get(`/${id}`, query, [400, 404]);
  if (status === 404 || status === 400 && codeOf(body) === "invalidArgument") return null;
  if (status === 400) throw failed("Gmail", { status, code: codeOf(body) });
  const { data } = gmailMessage().safeParse(body);
  if (data === undefined) throw unreadable("Gmail");
  return data;
}

function codeOf(body: unknown): string | null {
  const { error } = refusal().safeParse(body).data ?? {};
  return error?.errors?.[0]?.reason ?? error?.status ?? null;
}
