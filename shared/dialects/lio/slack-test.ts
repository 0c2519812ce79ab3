import * as z from "zod";
import {
  slackMessageBegun,
  slackMessageCreation,
  slackMessageEnded,
} from "../../crm/slack-messages.ts";
import { label } from "../../crm/values/fields.ts";
import { statement } from "../../db/sql.ts";
import { rowOf } from "../../db/wire/rows.ts";
import type { Call } from "../../http/call.ts";
import { writeOutside } from "../../http/outgoing-write.ts";
import { noParameters } from "../../http/query.ts";
import { lazy } from "../../memory/lazy.ts";
import { postToSlack, slack, slackText } from "../../providers/messaging/slack.ts";
import { ProviderFailed } from "../../providers/outgoing/provider-failed.ts";
import { collectMistakes, notOneOf, validated } from "../../refusals/validation.ts";
import type { LioOperation } from "./contract.ts";
import { answer } from "./envelope.ts";
import { organisationApp } from "./organisation-app.ts";
import { BODY, objectOf, readQuery } from "./reading.ts";
import { oneRecord } from "./schemas.ts";
import { asSlackRefusal } from "./slack-refusal.ts";

/** What is posted of each kind of event. */
const TEXTS = {
  test: "This is a test notification.",
  lead_created: "A test: Jane Roe of Acme Corp is a new lead.",
  lead_assigned: "A test: Jane Roe was assigned to Rita Rep.",
  hot_lead: "A test: Jane Roe asked for a demo.",
  deal_won: "A test: the deal Licence was won.",
  meeting_booked: "A test: Jane Roe booked a meeting with Rita Rep.",
} as const;

const EVENTS = Object.keys(TEXTS) as (keyof typeof TEXTS)[];
const LONGEST_CHANNEL = 100;

const body = lazy(() =>
  z.strictObject({
    channel: label(LONGEST_CHANNEL).meta({
      description: "The id of a channel, or its name with a # before it.",
    }),
    event_type: z.enum(EVENTS, { error: ({ input }) => notOneOf(input, EVENTS) }).default("test"),
  })
);

const posted = lazy(() =>
  oneRecord(z.object({ channel: z.string(), ts: z.string(), event_type: z.enum(EVENTS) }))
    .meta({ id: "TestNotificationAnswer" })
);

/** POST: posts a message to a channel, to see whether that works. */
export const sendTestNotification: LioOperation = {
  kind: "write",
  body: BODY,
  get contract() {
    return {
      id: "sendTestNotification",
      summary: "Send a test Slack notification",
      body: body(),
      answers: { 200: posted() },
      refusals: ["conflict" as const, "provider_failed" as const],
    };
  },
  async run(call) {
    const [, { channel, event_type }] = collectMistakes(
      () => readQuery(call, noParameters()),
      () => validated(body(), objectOf(call)),
    );
    const text = TEXTS[event_type];
    return await writeOutside(call, {
      async prepare(transaction) {
        const [rows] = await transaction.run([statement(slackMessageCreation(text))]);
        return rowOf<{ id: string }>(rows).id;
      },
      act: (id) => post(call, id, { channel, text: slackText(text) }),
      async settle(transaction, id, { channel: where, ts }) {
        await transaction.run([statement(slackMessageEnded(id))]);
        return answer(200, { channel: where, ts, event_type }, "Test notification sent");
      },
      release: async (transaction, id) =>
        void await transaction.run([statement(slackMessageEnded(id))]),
    });
  },
};

async function post(call: Call, id: string, message: { channel: string; text: string }) {
  const account = await organisationApp(call, "slack");
  const [rows] = await call.workspace.write([statement(slackMessageBegun(id))]);
  if (!rowOf<{ is_new: boolean }>(rows).is_new) {
    const failing = { status: null, code: null, mayHaveHappened: true };
    throw new ProviderFailed(
      "Slack may have the message already, as it was being posted.",
      failing,
    );
  }
  return await postToSlack(slack(call.services.env, account.access), message)
    .catch(asSlackRefusal(call.workspace, account));
}
