import { Buffer } from "node:buffer";
import { noteAccountFailure } from "../../connected/account.ts";
import type { OpenAccount } from "../../connected/open-account.ts";
import { noteReplies, type SeenMail, selectLeadsOf } from "../../crm/mail-replies.ts";
import { mailbox as address } from "../../crm/values/mailbox.ts";
import { loadRegistries } from "../../crm/values/registries.ts";
import { rowsOf } from "../../db/wire/rows.ts";
import type { Call } from "../../http/call.ts";
import type { ListedMessage } from "../../providers/mailbox/mailbox.ts";
import { type LioCaller, userOf } from "./caller.ts";

// What an index can hold is not much more.
const MOST_KEY_BYTES = 2_000;

/** The leads whom messages of a mailbox are from or to, by the messages' ids. */
export type LeadsOf = (message: ListedMessage) => number | null;

/** Finds the leads of messages, as the caller sees them, and notes the replies among these. */
export async function notedMessages(
  call: Call<LioCaller>,
  account: OpenAccount,
  messages: readonly ListedMessage[],
): Promise<LeadsOf> {
  await loadRegistries();
  const own = account.from_address === null ? null : address(account.from_address);
  const others = new Map(messages.map((one) => [one, othersOf(one, own)]));
  const seen = messages.flatMap((one) => seenOf(one, own, account));
  const [leads] = await call.workspace.write([
    selectLeadsOf([...new Set([...others.values()].flat())]),
    ...(seen.length === 0 ? [] : [noteReplies(userOf(call.caller).userId, account.id, seen)]),
    noteAccountFailure(account, null),
  ]);
  const numbers = new Map(
    rowsOf<{ email: string; number: number }>(leads).map(({ email, number }) =>
      [email, Number(number)] as const
    ),
  );
  return (message) => {
    const known = others.get(message)?.find((one) => numbers.has(one));
    return known === undefined ? null : numbers.get(known) ?? null;
  };
}

/** The addresses on the other side of a message, as leads have them. */
function othersOf({ from, to, folder }: ListedMessage, own: string | null): string[] {
  const sender = from === null ? null : address(from.email);
  const isSent = folder === "sent" || folder === "drafts" || sender !== null && sender === own;
  const other = isSent ? to.map(({ email }) => address(email)) : [sender];
  return other.filter((one) => one !== null && one !== own) as string[];
}

// What is in its own thread before it, and can be told apart from all others.
function seenOf(message: ListedMessage, own: string | null, { id }: OpenAccount): SeenMail[] {
  const { from, folder, message_id, in_reply_to, references, thread_id: thread } = message;
  const { subject, date: at } = message;
  const sender = from === null ? null : address(from.email);
  const answers = [...new Set([...in_reply_to === null ? [] : [in_reply_to], ...references])];
  const isOwn = folder === "sent" || folder === "drafts" || sender === own;
  if (sender === null || isOwn || answers.length === 0 && thread === null) return [];
  const key = message_id ?? `${id} ${message.id}`;
  if (Buffer.byteLength(key) > MOST_KEY_BYTES) return [];
  return [{ key, from: sender, answers, thread, subject, at }];
}
