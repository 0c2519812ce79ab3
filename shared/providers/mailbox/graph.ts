import * as z from "zod";
import { lazy } from "../../memory/lazy.ts";
import { askService } from "../outgoing/ask-service.ts";
import type { Access, Service } from "../outgoing/service.ts";
import { shownBodies } from "./bodies.ts";
import { failed, unreadable } from "./failures.ts";
import {
  attachmentsOf,
  bodiesOf,
  graphAttachment,
  type GraphMessage,
  graphMessage,
  LISTED,
  listedOf,
} from "./graph-message.ts";
import type { Folder, Mailbox, MailboxMessage, MailboxPage, MailboxQuery } from "./messages.ts";
import { searchWords } from "./search-words.ts";

const MOST_AT_ONCE = 250;
/** Messages that a search finds at most, as the API has it. */
const MOST_FOUND = 1_000;
const ID = /^[\w=+/-]{1,500}$/;
const NO_SUCH = [400, 404];
const ATTACHED = "id,name,contentType,size";
/** Folders that the API knows by a name. */
const NAMES: readonly (readonly [Folder, string])[] = [
  ["inbox", "inbox"],
  ["sent", "sentitems"],
  ["drafts", "drafts"],
  ["trash", "deleteditems"],
];

const listed = lazy(() =>
  z.looseObject({
    value: z.array(graphMessage()),
    "@odata.count": z.number().optional(),
    "@odata.nextLink": z.string().optional(),
  })
);
type Page = z.output<ReturnType<typeof listed>>;
const folder = lazy(() => z.looseObject({ id: z.string() }));
const files = lazy(() => z.looseObject({ value: z.array(graphAttachment()) }));
const refusal = lazy(() => z.looseObject({ error: z.looseObject({ code: z.string() }) }));

/** Reads a mailbox by Microsoft Graph, at an address with its version. */
export function graphMailbox(
  { url, access, signal }: { url: string; access: Access; signal?: AbortSignal | undefined },
): Mailbox {
  const service: Service = { name: "Microsoft", url, access, codeOf };
  const get: Get = (path, query, expected = []) =>
    askService(
      service,
      {
        method: "GET",
        path: `/me${path}${written(query)}`,
        headers: { ConsistencyLevel: "eventual" },
        ...(signal === undefined ? {} : { signal }),
      },
      expected,
    );
  return {
    list: (query) => list(get, query),
    view: (id) => ID.test(id) ? view(get, id) : Promise.resolve(null),
  };
}

type Query = Readonly<Record<string, string>>;
type Get = (
  path: string,
  query: Query,
  expected?: readonly number[],
) => Promise<{ status: number; body: unknown }>;

// A blank as %20: a plus is one only in forms.
function written(query: Query): string {
  const given = Object.entries(query).map(([name, value]) =>
    `${name}=${encodeURIComponent(value)}`
  );
  return given.length === 0 ? "" : `?${given.join("&")}`;
}

async function list(get: Get, query: MailboxQuery): Promise<MailboxPage> {
  const name = NAMES.find(([one]) => one === query.folder)?.[1];
  const path = name === undefined ? "/messages" : `/mailFolders/${name}/messages`;
  const words = searchWords(query.search);
  if (query.search.trim() !== "" && words.length === 0) return { messages: [], total: 0 };
  const [{ messages, total }, folderOf] = await Promise.all([
    words.length === 0 ? filtered(get, path, query) : searched(get, path, query, words),
    query.folder === "all" ? foldersOf(get) : () => query.folder,
  ]);
  return { messages: messages.map((message) => listedOf(message, folderOf)), total };
}

interface Found {
  messages: GraphMessage[];
  total: number;
}

/** Messages by $filter, whose first property has to be the one of $orderby. */
async function filtered(get: Get, path: string, query: MailboxQuery): Promise<Found> {
  const { after, before, unreadOnly, page, size } = query;
  const conditions = [
    `receivedDateTime ge ${(after ?? new Date(0)).toISOString()}`,
    ...(before === null ? [] : [`receivedDateTime lt ${before.toISOString()}`]),
    ...(unreadOnly ? ["isRead eq false"] : []),
  ];
  const isAll = conditions.length === 1 && after === null;
  const { body } = await get(path, {
    ...(isAll ? {} : { $filter: conditions.join(" and ") }),
    $orderby: "receivedDateTime desc",
    $select: LISTED,
    $top: String(size),
    $skip: String((page - 1) * size),
    $count: "true",
  });
  const { value, "@odata.count": count } = read(listed(), body);
  return { messages: value, total: count ?? (page - 1) * size + value.length };
}

/** Messages by $search, which takes no $filter, $orderby or $skip: all that it finds are looked through. */
async function searched(
  get: Get,
  path: string,
  { after, before, unreadOnly, page, size }: MailboxQuery,
  words: readonly string[],
): Promise<Found> {
  const found: GraphMessage[] = [];
  let query: Query | null = {
    $search: `"${words.join(" ")}"`,
    $select: LISTED,
    $top: String(MOST_AT_ONCE),
  };
  while (query !== null && found.length < MOST_FOUND) {
    const { value, "@odata.nextLink": next }: Page = read(listed(), (await get(path, query)).body);
    found.push(...value);
    query = next === undefined || value.length === 0 ? null : queryOf(next);
  }
  const wanted = found.filter(({ receivedDateTime, isRead }) => {
    const at = Date.parse(receivedDateTime ?? "");
    return !(unreadOnly && isRead) && !(after !== null && at < after.getTime()) &&
      !(before !== null && at >= before.getTime());
  });
  const start = (page - 1) * size;
  return { messages: wanted.slice(start, start + size), total: wanted.length };
}

// Of a link to the next page its query alone, so that the access is shown to no other host.
function queryOf(link: string): Query | null {
  return URL.canParse(link) ? Object.fromEntries(new URL(link).searchParams) : null;
}

async function view(get: Get, id: string): Promise<MailboxMessage | null> {
  const path = `/messages/${encodeURIComponent(id)}`;
  const [{ status, body }, folderOf] = await Promise.all([
    get(path, {
      $select: `${LISTED},body`,
      $expand: `attachments($select=${ATTACHED})`,
    }, NO_SUCH),
    foldersOf(get),
  ]);
  const code = codeOf(body);
  if (status === 404 || status === 400 && code?.startsWith("ErrorInvalidId")) return null;
  if (status === 400) throw failed("Microsoft", { status, code });
  const message = read(graphMessage(), body);
  const attachments = message.attachments ??
    (message.hasAttachments
      ? read(files(), (await get(`${path}/attachments`, { $select: ATTACHED })).body).value
      : []);
  return {
    ...listedOf(message, folderOf),
    ...await shownBodies(bodiesOf(message)),
    attachments: attachmentsOf(attachments),
  };
}

/** Which folders have which ids. */
async function foldersOf(get: Get): Promise<(id: string | null) => Folder> {
  const known = await Promise.all(NAMES.map(async ([one, name]) => {
    const { body } = await get(`/mailFolders/${name}`, { $select: "id" }, [404]);
    return [folder().safeParse(body).data?.id, one] as const;
  }));
  return (id) => known.find(([other]) => other !== undefined && other === id)?.[1] ?? "all";
}

function read<T extends z.ZodType>(schema: T, body: unknown): z.output<T> {
  const { data } = schema.safeParse(body);
  if (data === undefined) throw unreadable("Microsoft");
  return data;
}

function codeOf(body: unknown): string | null {
  return refusal().safeParse(body).data?.error.code ?? null;
}
