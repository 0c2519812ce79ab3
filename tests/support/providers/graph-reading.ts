import { addressParser } from "postal-mime";
import { type KeptMail, searched } from "./kept-mail.ts";
import type { Answered, Seen } from "./lasting-stand-in.ts";
import { refusal } from "./microsoft-graph.ts";

const ME = "/v1.0/me";
const FOLDERS: Record<KeptMail["folder"], string> = {
  inbox: "inbox",
  sent: "sentitems",
  drafts: "drafts",
  trash: "deleteditems",
  archive: "archive",
};

/** The id of a message. */
export const graphId = (index: number): string => `AAMkAGI2T${index + 1}=`;

const folderId = (name: string) => `AQMkAGI2Tf${name}`;

/** Answers as List messages, Get message and Get mailFolder do; null for what is none of these. */
export function graphReading(kept: readonly KeptMail[], request: Seen): Answered | null {
  const { method, path, query } = request;
  if (method !== "GET") return null;
  const folder = /^\/v1\.0\/me\/mailFolders\/(\w+)(\/messages)?$/.exec(path);
  if (folder !== null) {
    const [, name = "", messages] = folder;
    const isKnown = Object.values(FOLDERS).includes(name);
    if (!isKnown) return refusal(404, "ErrorFolderNotFound", "The folder was not found.");
    if (messages === undefined) return { status: 200, body: { id: folderId(name) } };
    return listed(kept, query, name);
  }
  if (path === `${ME}/messages`) return listed(kept, query, null);
  const [, given] = /^\/v1\.0\/me\/messages\/([^/]+)$/.exec(path) ?? [];
  return given === undefined ? null : viewed(kept, decodeURIComponent(given), query);
}

function viewed(kept: readonly KeptMail[], id: string, query: URLSearchParams): Answered {
  if (!/^[\w=-]{10,}$/.test(id)) return refusal(400, "ErrorInvalidIdMalformed", "Id is malformed.");
  const index = kept.findIndex((_, at) => graphId(at) === id);
  const mail = kept[index];
  if (mail === undefined) {
    return refusal(404, "ErrorItemNotFound", "The specified object was not found in the store.");
  }
  const expanded = query.get("$expand")?.startsWith("attachments") ?? false;
  const attachments = mail.files.map(({ name, type, content }, at) => ({
    "@odata.type": "#microsoft.graph.fileAttachment",
    id: `${id}file${at}`,
    name,
    contentType: type,
    size: content.length,
  }));
  return {
    status: 200,
    body: { ...selected(shownOf(mail, index), query), ...(expanded ? { attachments } : {}) },
  };
}

function listed(
  kept: readonly KeptMail[],
  query: URLSearchParams,
  folder: string | null,
): Answered {
  const wrong = mistakeIn(query);
  if (wrong !== null) return wrong;
  const [top, skip] = [Number(query.get("$top") ?? 10), startOf(query)];
  const found = kept.map((mail, index) => ({ mail, index }))
    .filter(({ mail }) => folder === null || FOLDERS[mail.folder] === folder)
    .filter(({ mail }) => isFiltered(mail, query.get("$filter") ?? ""))
    .filter(({ mail }) => isFound(mail, query.get("$search")))
    .toSorted((a, b) => b.mail.date.getTime() - a.mail.date.getTime());
  const value = found.slice(skip, skip + top)
    .map(({ mail, index }) => selected(shownOf(mail, index), query));
  const next = new URLSearchParams(query);
  const isSearch = query.has("$search");
  if (isSearch) next.set("$skiptoken", `after-${skip + top}`);
  else next.set("$skip", String(skip + top));
  const link = `https://graph.microsoft.com${ME}/messages?${next}`;
  return {
    status: 200,
    body: {
      ...(query.get("$count") === "true" && !isSearch ? { "@odata.count": found.length } : {}),
      value,
      ...(skip + top < found.length ? { "@odata.nextLink": link } : {}),
    },
  };
}

function startOf(query: URLSearchParams): number {
  const token = query.get("$skiptoken");
  return Number(token === null ? query.get("$skip") ?? 0 : token.replace("after-", ""));
}

// What may not be asked for together (Microsoft Graph: user: list messages, $search).
function mistakeIn(query: URLSearchParams): Answered | null {
  const [search, filter, order] = ["$search", "$filter", "$orderby"].map((name) => query.get(name));
  const top = Number(query.get("$top") ?? 10);
  if (!(top >= 1 && top <= 1_000)) return refusal(400, "ErrorInvalidUrlQuery", "$top is wrong.");
  if (search != null && (filter != null || order != null || query.has("$skip"))) {
    return refusal(400, "SearchWithFilter", "The query parameter '$search' is not supported here.");
  }
  if (search != null && !/^"[^"]*"$/.test(search)) {
    return refusal(400, "BadRequest", "Syntax error in '$search'.");
  }
  if (filter != null && order != null && !filter.startsWith(order.split(" ")[0] ?? "")) {
    return refusal(400, "InefficientFilter", "The restriction or sort order is too complex.");
  }
  return null;
}

function isFiltered(mail: KeptMail, filter: string): boolean {
  return filter.split(" and ").filter((one) => one !== "").every((condition) => {
    if (condition === "isRead eq false") return !mail.isRead;
    const [, operator, at = ""] =
      /^receivedDateTime (ge|lt) (\d{4}-\d\d-\d\dT[\d:.]+Z)$/.exec(condition) ?? [];
    if (operator === "ge") return mail.date.getTime() >= Date.parse(at);
    if (operator === "lt") return mail.date.getTime() < Date.parse(at);
    throw new Error(`$filter: ${condition}`);
  });
}

function isFound(mail: KeptMail, search: string | null): boolean {
  const words = (search ?? "").replaceAll('"', "").split(" ");
  return words.every((word) => searched(mail).includes(word.toLowerCase()));
}

function selected(shown: Record<string, unknown>, query: URLSearchParams) {
  const names = query.get("$select")?.split(",") ?? Object.keys(shown);
  const given = Object.entries(shown).filter(([name]) => name === "id" || names.includes(name));
  return Object.fromEntries(given);
}

function shownOf(mail: KeptMail, index: number) {
  const people = (header: string) =>
    addressParser(header, { flatten: true }).map(({ name, address }) => ({
      emailAddress: { name: name || address, address },
    }));
  const headers = { "In-Reply-To": mail.inReplyTo, References: mail.references.join(" ") };
  return {
    id: graphId(index),
    conversationId: mail.threadId,
    from: people(mail.from)[0],
    toRecipients: people(mail.to),
    ccRecipients: people(mail.cc),
    subject: mail.subject,
    bodyPreview: (mail.text ?? "").slice(0, 255),
    receivedDateTime: mail.date.toISOString().replace(/\.\d+Z/, "Z"),
    isRead: mail.isRead,
    isDraft: mail.folder === "drafts",
    hasAttachments: mail.files.length > 0,
    internetMessageId: mail.messageId,
    internetMessageHeaders: Object.entries(headers).flatMap(([name, value]) =>
      value === null || value === "" ? [] : [{ name, value }]
    ),
    parentFolderId: folderId(FOLDERS[mail.folder]),
    body: mail.html === null
      ? { contentType: "text", content: mail.text ?? "" }
      : { contentType: "html", content: mail.html },
  };
}
