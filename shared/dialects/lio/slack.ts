import * as z from "zod";
import { scope } from "../../http/operation.ts";
import { router } from "../../http/router.ts";
import { lazy } from "../../memory/lazy.ts";
import { slack, slackChannels } from "../../providers/messaging/slack.ts";
import type { LioCaller } from "./caller.ts";
import type { LioOperation } from "./contract.ts";
import { organisationApp } from "./organisation-app.ts";
import { answerPage, pageSchema, pagingParameters } from "./page.ts";
import { readQuery } from "./reading.ts";
import { asSlackRefusal } from "./slack-refusal.ts";
import { sendTestNotification } from "./slack-test.ts";

const slackChannel = lazy(() =>
  z.object({
    id: z.string(),
    name: z.string(),
    is_private: z.boolean(),
    is_member: z.boolean(),
    num_members: z.int().min(0),
  }).meta({ id: "SlackChannel" })
);

/** GET: the channels that can be posted to (decisions: 24). */
const listSlackChannels: LioOperation = {
  kind: "read",
  get contract() {
    return {
      id: "listSlackChannels",
      summary: "List Slack channels",
      query: pagingParameters(),
      answers: { 200: pageSchema(slackChannel()) },
      refusals: ["conflict" as const, "provider_failed" as const],
    };
  },
  async run(call) {
    const paging = readQuery(call, pagingParameters());
    const account = await organisationApp(call, "slack");
    const channels = await slackChannels(slack(call.services.env, account.access))
      .catch(asSlackRefusal(call.workspace, account));
    const { page, limit } = paging;
    const items = channels.slice((page - 1) * limit, page * limit).map((one) =>
      JSON.stringify({
        id: one.id,
        name: one.name,
        is_private: one.isPrivate,
        is_member: one.isMember,
        num_members: one.members,
      })
    );
    return answerPage("Slack channels fetched", paging, { items, total: channels.length });
  },
};

/** Slack (spec: Connected apps). */
export default router<LioCaller>("/api/slack")
  .get("/channels", scope("read"), listSlackChannels)
  .post("/test-notification", scope("write"), sendTestNotification);
