import type { FunctionCall } from "./connector-calls.ts";

/** The functions of mailboxes, each with what would reach a neighbour. */
export const INBOX_CALLS: Record<string, FunctionCall> = {
  note_replies: {
    text:
      "select app.note_replies(($1::jsonb ->> 'user')::uuid, ($1::jsonb ->> 'account')::uuid, $1::jsonb -> 'seen', 25, 'replied') as noted",
    given: (ids) => ({
      user: ids["crm.users"],
      account: ids["crm.connected_accounts"],
      seen: [{ key: "<2@acme.com>", from: "jane@acme.com", answers: [], thread: "thread-1" }],
    }),
    answer: [{ noted: 0 }],
  },
};
