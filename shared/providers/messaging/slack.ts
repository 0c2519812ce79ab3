import * as z from "zod";
import { lazy } from "../../memory/lazy.ts";
import { askService, type ServiceRequest } from "../outgoing/ask-service.ts";
import { ProviderFailed } from "../outgoing/provider-failed.ts";
import { type Access, baseUrl, type Service } from "../outgoing/service.ts";

/** Channels that one request reads (Slack: at most 200 are best), and requests for all of them. */
const PAGE = 200;
const MOST_PAGES = 100;
/** Failures in which Slack may have done what it was asked. */
const UNSURE = new Set(["fatal_error", "internal_error"]);
const JSON_TYPE = { "Content-Type": "application/json; charset=utf-8" };

/** A channel of a Slack workspace. */
export interface SlackChannel {
  id: string;
  name: string;
  isPrivate: boolean;
  isMember: boolean;
  members: number;
}

/** A message in a channel: where it is, and the time that is its id there. */
export interface SlackPost {
  channel: string;
  ts: string;
}

const refused = lazy(() => z.looseObject({ ok: z.literal(false), error: z.string().min(1) }));
const channels = lazy(() =>
  z.looseObject({
    ok: z.literal(true),
    channels: z.array(z.looseObject({
      id: z.string(),
      name: z.string(),
      is_private: z.boolean().catch(false),
      is_member: z.boolean().catch(false),
      num_members: z.int().catch(0),
    })),
    response_metadata: z.looseObject({ next_cursor: z.string().nullish() }).nullish(),
  })
);
const posted = lazy(() =>
  z.looseObject({ ok: z.literal(true), channel: z.string(), ts: z.string() })
);

/** Slack's Web API. */
export function slack(env: Readonly<Record<string, string | undefined>>, access: Access): Service {
  return {
    name: "Slack",
    url: baseUrl(env.SLACK_API_URL, "https://slack.com/api"),
    access,
    codeOf: (body) => refused().safeParse(body).data?.error ?? null,
  };
}

/** The channels that are not archived. Throws ProviderFailed. */
export async function slackChannels(service: Service): Promise<SlackChannel[]> {
  const all: SlackChannel[] = [];
  let cursor = "";
  for (let left = MOST_PAGES; left > 0; left--) {
    const query = new URLSearchParams({
      types: "public_channel,private_channel",
      exclude_archived: "true",
      limit: `${PAGE}`,
      ...cursor === "" ? {} : { cursor },
    });
    const page = await asked(service, channels(), {
      method: "GET",
      path: `/conversations.list?${query}`,
    });
    all.push(...page.channels.map((one) => ({
      id: one.id,
      name: one.name,
      isPrivate: one.is_private,
      isMember: one.is_member,
      members: one.num_members,
    })));
    const next = page.response_metadata?.next_cursor ?? "";
    if (next === "" || next === cursor) return all;
    cursor = next;
  }
  return all;
}

/** Posts a message in Slack's own markup, once. Throws ProviderFailed. */
export async function postToSlack(
  service: Service,
  message: { channel: string; text: string },
  signal?: AbortSignal,
): Promise<SlackPost> {
  const { channel, ts } = await asked(service, posted(), {
    method: "POST",
    path: "/chat.postMessage",
    headers: JSON_TYPE,
    json: message,
    ...signal === undefined ? {} : { signal },
  });
  return { channel, ts };
}

/** Text as it is, in Slack's markup (Slack: Escaping text). */
export function slackText(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
}

// What Slack refuses it answers with status 200.
async function asked<T extends z.ZodType>(
  service: Service,
  schema: T,
  request: ServiceRequest,
): Promise<z.output<T>> {
  const { status, body } = await askService(service, request);
  const { success, data } = schema.safeParse(body);
  if (success) return data;
  const code = service.codeOf?.(body) ?? null;
  const message = code === null ? "Slack's answer cannot be read." : `Slack refused: ${code}.`;
  const mayHaveHappened = code === null || UNSURE.has(code);
  throw new ProviderFailed(message, { status, code, mayHaveHappened });
}
