import * as z from "zod";
import { scope } from "../../http/operation.ts";
import { router } from "../../http/router.ts";
import { lazy } from "../../memory/lazy.ts";
import { RecordNotFound } from "../../refusals/errors.ts";
import type { LioCaller } from "./caller.ts";
import type { LioOperation } from "./contract.ts";
import { answer } from "./envelope.ts";
import { notedMessages } from "./inbox-leads.ts";
import { shownWhole, wholeInboxMessage } from "./inbox-view.ts";
import { configId, MAILBOX_REFUSALS, ownMailAccount, readingMailbox } from "./mail-account.ts";
import { readQuery } from "./reading.ts";
import { oneRecord } from "./schemas.ts";

const parameters = lazy(() => z.strictObject({ config_id: configId() }));

const viewMessage: LioOperation = {
  kind: "read",
  get contract() {
    return {
      id: "getInboxMessage",
      summary: "Get a message of a mail account",
      query: parameters(),
      answers: { 200: oneRecord(wholeInboxMessage()) },
      refusals: MAILBOX_REFUSALS,
    };
  },
  async run(call) {
    const { config_id: number } = readQuery(call, parameters());
    const { messageId = "" } = call.params;
    const account = await ownMailAccount(call, number);
    const message = await readingMailbox(call, account, (mailbox) => mailbox.view(messageId));
    if (message === null) throw new RecordNotFound("message", messageId.slice(0, 100));
    const leadOf = await notedMessages(call, account, [message]);
    return answer(200, shownWhole(message, leadOf(message)), "Message fetched");
  },
};

/** A message of a mail account of the caller (spec: Mail, inbox, calendar, and meetings). */
export default router<LioCaller>("/api/inbox/view").get("/:messageId", scope("own"), viewMessage);
