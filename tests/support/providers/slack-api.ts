import type { RunningStandIn } from "./all.ts";
import { lastingStandIn } from "./lasting-stand-in.ts";
import { type Answered, type Seen, type StandIn, standIn } from "./stand-in.ts";

/** The token that any workspace of tests is connected with. */
export const SLACK_TOKEN = "xoxb-1111111111-2222222222-abcdefghijkl";

/** A channel of the Slack workspace. */
export interface Channel {
  id: string;
  name: string;
  is_private: boolean;
  is_member: boolean;
  is_archived: boolean;
  num_members: number;
}

/** One whose app was taken away. */
export const REVOKED_SLACK_TOKEN = "xoxb-1111111111-2222222222-revoked";

/** What is in a Slack workspace, and the tokens that open it. */
interface SlackWorkspace {
  tokens: Map<string, "good" | "token_revoked" | "account_inactive">;
  channels: Channel[];
  posts: { channel: string; text: string; ts: string }[];
}

/** A local server that answers as Slack's Web API does for one workspace. */
export type SlackApi = StandIn & SlackWorkspace;

const MOST_TEXT = 40_000;

/** Starts a stand-in that ends with the test. */
export async function slackApi(): Promise<SlackApi> {
  const workspace = slackWorkspace();
  return Object.assign(await standIn((request) => answered(workspace, request)), workspace);
}

/** Starts one for the whole run. */
export async function lastingSlack(): Promise<RunningStandIn> {
  const workspace = slackWorkspace();
  const { url, stop } = await lastingStandIn((request) => answered(workspace, request));
  return { environment: { SLACK_API_URL: url }, stop };
}

function slackWorkspace(): SlackWorkspace {
  return {
    tokens: new Map([[SLACK_TOKEN, "good"], [REVOKED_SLACK_TOKEN, "token_revoked"]]),
    channels: structuredClone(CHANNELS),
    posts: [],
  };
}

const CHANNELS: Channel[] = [
  channel("C012AB3CD", "general"),
  { ...channel("C0PRIVATE", "sales"), is_private: true, num_members: 3 },
  { ...channel("C0OUTSIDE", "random"), is_member: false },
  { ...channel("C0ARCHIVE", "old"), is_archived: true },
];

function channel(id: string, name: string): Channel {
  return {
    id,
    name,
    is_private: false,
    is_member: true,
    is_archived: false,
    num_members: 4,
  };
}

// Slack refuses with status 200.
function answered(api: SlackWorkspace, request: Seen): Answered {
  const [, token] = /^Bearer (.+)$/.exec(request.headers.authorization ?? "") ?? [];
  if (token === undefined) return refusal("not_authed");
  const state = api.tokens.get(token) ?? "invalid_auth";
  if (state !== "good") return refusal(state);
  if (request.path.endsWith("/conversations.list")) return listed(api, request);
  if (request.path.endsWith("/chat.postMessage")) return posted(api, request);
  return refusal("unknown_method");
}

function listed({ channels }: SlackWorkspace, { query }: Seen): Answered {
  const limit = Number(query.get("limit") ?? 100);
  const [, from = "0"] = /^from:(\d+)$/.exec(atob(query.get("cursor") ?? "")) ?? [];
  if (query.get("cursor") && from === "0") return refusal("invalid_cursor");
  if (!(limit >= 1 && limit < 1_000)) return refusal("invalid_limit");
  const types = (query.get("types") ?? "public_channel").split(",");
  const found = channels.filter((one) =>
    types.includes(one.is_private ? "private_channel" : "public_channel") &&
    !(query.get("exclude_archived") === "true" && one.is_archived)
  );
  const end = Number(from) + limit;
  const next_cursor = end < found.length ? btoa(`from:${end}`) : "";
  const page = found.slice(Number(from), end);
  return { status: 200, body: { ok: true, channels: page, response_metadata: { next_cursor } } };
}

function posted({ channels, posts }: SlackWorkspace, { method, headers, body }: Seen): Answered {
  if (method !== "POST" || !headers["content-type"]?.startsWith("application/json")) {
    return refusal("invalid_post_type");
  }
  const { channel: name, text } = JSON.parse(body.toString()) as {
    channel?: string;
    text?: string;
  };
  const found = channels.find((one) => one.id === name || `#${one.name}` === name);
  if (found === undefined) return refusal("channel_not_found");
  if (found.is_archived) return refusal("is_archived");
  if (!found.is_member) return refusal("not_in_channel");
  if (!text) return refusal("no_text");
  if (text.length > MOST_TEXT) return refusal("msg_too_long");
  const ts = `15034${35_956 + posts.length}.000247`;
  posts.push({ channel: found.id, text, ts });
  const message = { type: "message", subtype: "bot_message", text, ts };
  return { status: 200, body: { ok: true, channel: found.id, ts, message } };
}

// An error as Slack puts it.
function refusal(error: string): Answered {
  return { status: 200, body: { ok: false, error } };
}

/** What Slack answers to too many requests. */
export function ratelimited(seconds: number): Answered {
  const { body } = refusal("ratelimited");
  return { status: 429, headers: { "Retry-After": `${seconds}` }, body };
}
