import type { FunctionCall } from "./connector-calls.ts";

const plain = (text: string, answer: FunctionCall["answer"]): FunctionCall => ({ text, answer });
const ofLead = (text: string, answer: FunctionCall["answer"]): FunctionCall => ({
  text: text.replaceAll("{lead}", "($1::jsonb ->> 'lead')::uuid"),
  given: (ids) => ({ lead: ids["crm.leads"] }),
  answer,
});

/** The functions behind drafts of emails, and mail to target accounts. */
export const DRAFT_CALLS: Record<string, FunctionCall> = {
  add_draft: ofLead(
    "select app.add_draft({lead}, 'professional', 'For you', 'Dear Jane', null, 2) as id",
    [{ id: null }],
  ),
  approve_draft: plain("select id from app.approve_draft(1, null, null) id", []),
  begin_drafts: plain("select queued from app.begin_drafts('{1}', 'professional', 2, 60)", [
    { queued: [] },
  ]),
  contacts_to_mail: plain("select email from app.contacts_to_mail(1, null)", []),
  give_up_message: {
    text: "select app.give_up_message(($1::jsonb ->> 'message')::uuid, 'late') as done",
    given: (ids) => ({ message: ids["crm.messages"] }),
    answer: [{ done: "" }],
  },
  draft_context: ofLead("select app.draft_context({lead}) as context", [{ context: null }]),
  draft_to_send: plain("select id from app.draft_to_send(1)", []),
  hold_draft: plain("select id from app.hold_draft(1)", []),
};
