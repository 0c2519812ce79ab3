import * as z from "zod";
import { scope } from "../../http/operation.ts";
import { MAX_PAGE, searchText, wholeNumber } from "../../http/paging.ts";
import { router } from "../../http/router.ts";
import { lazy } from "../../memory/lazy.ts";
import { FOLDERS, type MailboxQuery } from "../../providers/mailbox/mailbox.ts";
import { InvalidInput } from "../../refusals/errors.ts";
import type { LioCaller } from "./caller.ts";
import type { LioOperation } from "./contract.ts";
import { dateOrTime, within } from "./dates.ts";
import { flag } from "./filters.ts";
import { notedMessages } from "./inbox-leads.ts";
import { inboxMessage, shownListed } from "./inbox-view.ts";
import { configId, MAILBOX_REFUSALS, ownMailAccount, readingMailbox } from "./mail-account.ts";
import { answerPage, pageSchema } from "./page.ts";
import { readQuery } from "./reading.ts";

const MOST = 50;
/** No provider hands out messages by their place: those before a page are walked through. */
const MOST_REACHED = 10_000;

const parameters = lazy(() =>
  z.strictObject({
    config_id: configId(),
    folder: z.enum(FOLDERS, `Must be one of ${FOLDERS.join(", ")}`).default("inbox").meta({
      default: "inbox",
    }),
    search: searchText().optional().meta({
      description: "Words, which the provider finds in its own way.",
    }),
    unreadOnly: flag().optional().meta({ description: "Only messages that are not read yet." }),
    start_date: dateOrTime().optional(),
    end_date: dateOrTime().optional(),
    page: wholeNumber(MAX_PAGE).default(1).meta({ default: 1 }),
    limit: wholeNumber(MOST).default(10).meta({ default: 10 }),
  })
);

const listMessages: LioOperation = {
  kind: "read",
  get contract() {
    return {
      id: "listInbox",
      summary: "List messages of a mail account, the newest first",
      query: parameters(),
      answers: { 200: pageSchema(inboxMessage()) },
      refusals: MAILBOX_REFUSALS,
    };
  },
  async run(call) {
    const query = readQuery(call, parameters());
    const wanted = wantedOf(query);
    const account = await ownMailAccount(call, query.config_id);
    const read = await readingMailbox(call, account, (mailbox) => mailbox.list(wanted));
    const leadOf = await notedMessages(call, account, read.messages);
    const items = read.messages.map((one) => JSON.stringify(shownListed(one, leadOf(one))));
    return answerPage("Messages fetched", query, { items, total: read.total });
  },
};

/** What is asked of the mailbox. Throws InvalidInput. */
function wantedOf(given: z.output<ReturnType<typeof parameters>>): MailboxQuery {
  const { folder, search = "", unreadOnly = false, page, limit } = given;
  const mostPages = Math.floor(MOST_REACHED / limit);
  if (page > mostPages) {
    const message =
      `Must be at most ${mostPages} with this limit. Older messages are found by end_date.`;
    throw new InvalidInput([{ field: "page", message, in: "query" }]);
  }
  const range = within("date", ["start_date", given.start_date], ["end_date", given.end_date]);
  const bound = (side: "after" | "before") =>
    timeOf(range.flatMap((one) => one.is === side && "value" in one ? [String(one.value)] : [])[0]);
  return {
    folder,
    search,
    unreadOnly,
    after: bound("after"),
    before: bound("before"),
    page,
    size: limit,
  };
}

// Bounds have microseconds, as a start is one early; mailboxes have no more than milliseconds.
function timeOf(bound = ""): Date | null {
  const at = Date.parse(bound);
  return Number.isNaN(at) ? null : new Date(/\.\d{3}0*Z$/.test(bound) ? at : at + 1);
}

/** Messages of a mail account of the caller (spec: Mail, inbox, calendar, and meetings). */
export default router<LioCaller>("/api/inbox/list").get("/", scope("own"), listMessages);
