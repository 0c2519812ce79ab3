import { sql, statement } from "../db/sql.ts";
import type { Transaction } from "../db/transaction.ts";
import { rowOf, rowsOf } from "../db/wire/rows.ts";
import type { Statement } from "../db/wire/pipeline.ts";
import { Refusal } from "../refusals/refusal.ts";
import { type AddressOf, composedMail, storeAccountMessage } from "./account-message.ts";
import { mergedHtml, mergedLine, type MergeValues } from "./merge-fields.ts";
import type { MailContext } from "./open-mailer.ts";
import { sendNow } from "./send-now.ts";

/** Messages that are sent at once. */
const AT_ONCE = 4;
/** No message is begun after this, so that whoever asked is told in time. */
const BEGIN_MS = 80_000;
const TOO_LATE = "There was no time left to send it.";
/** Recipients of one message. */
const MOST_BCC = 50;

/** A contact of a target account (SQL: app.contacts_to_mail). */
export interface MailedContact {
  contact_id: number;
  email: string | null;
  unsubscribed: boolean;
  first_name: string | null;
  last_name: string | null;
  title: string | null;
  company: string | null;
}

/** What contacts are written, by which mail account. */
export interface Mailing {
  /** One message for each of them, or one for all, who do not see each other. */
  mode: "individual" | "bcc";
  subject: string;
  html: string;
  from: { id: string; address: string };
  contacts: readonly MailedContact[];
  addressOf(messageId: string): AddressOf;
}

/** Somebody who was to get a mail, and the message that is theirs. */
interface Recipient {
  contact_id: number;
  email: string | null;
  message: string | null;
  /** Why there is none. */
  reason: "no_email" | "unsubscribed" | null;
}

/** What became of it. */
export interface MailedResult {
  contact_id: number;
  email: string | null;
  status: "sent" | "failed" | "skipped";
  message_id: string | null;
  reason: string | null;
}

/** Selects contacts of the target account with a number, all or some by their numbers. */
export function selectMailed(account: number, contacts: readonly number[] | null): Statement {
  return statement(
    sql`select contact_id::float8 as contact_id, email, unsubscribed, first_name, last_name,
      title, company
    from app.contacts_to_mail(${account}, ${contacts}::bigint[])`,
  );
}

/** Stores the messages of a mailing to a target account with a number; answers its id. */
export async function storeMailing(
  transaction: Transaction,
  account: number,
  mailing: Mailing,
): Promise<string> {
  const written = mailing.contacts.filter((contact) => reasonAgainst(contact) === null);
  const groups = mailing.mode === "bcc"
    ? chunks(written, MOST_BCC)
    : written.map((contact) => [contact]);
  const [made] = await transaction.run([
    statement(sql`select app.uuid_v7() as id from generate_series(1, ${groups.length}::int)`),
  ]);
  const ids = rowsOf<{ id: string }>(made).map(({ id }) => id);
  const messages = await Promise.all(
    groups.map((group, n) => messageTo(group, ids[n] ?? "", mailing)),
  );
  const messageOf = new Map(
    groups.flatMap((group, n) => group.map((contact) => [contact, ids[n] ?? null] as const)),
  );
  const recipients = mailing.contacts.map((contact): Recipient => ({
    contact_id: contact.contact_id,
    email: contact.email,
    message: messageOf.get(contact) ?? null,
    reason: reasonAgainst(contact),
  }));
  const keeping = sql`
    insert into crm.account_mailings (target_account_id, recipients)
    select id, ${
    JSON.stringify(recipients)
  }::jsonb from crm.target_accounts where number = ${account}
    returning id`;
  const rows = await transaction.run([...messages, statement(keeping)]);
  return rowOf<{ id: string }>(rows.at(-1)).id;
}

function reasonAgainst({ email, unsubscribed }: MailedContact): Recipient["reason"] {
  if (email === null) return "no_email";
  return unsubscribed ? "unsubscribed" : null;
}

function chunks<T>(all: readonly T[], most: number): T[][] {
  const count = Math.ceil(all.length / most);
  return Array.from({ length: count }, (_, n) => all.slice(n * most, (n + 1) * most));
}

async function messageTo(
  group: readonly MailedContact[],
  id: string,
  { mode, subject, html, from, addressOf }: Mailing,
): Promise<Statement> {
  const values = valuesOf(group[0]);
  const emails = group.flatMap(({ email }) => email ?? []);
  const composed = await composedMail(id, {
    accountId: from.id,
    ...(mode === "bcc" ? { to: [from.address], bcc: emails, track: false } : { to: emails }),
    subject: mergedLine(subject, values),
    html: mergedHtml(html, values),
  }, addressOf(id));
  return storeAccountMessage(composed);
}

function valuesOf(contact: MailedContact | undefined): MergeValues {
  const [first_name, last_name] = [contact?.first_name ?? "", contact?.last_name ?? ""];
  return {
    first_name,
    last_name,
    name: `${first_name} ${last_name}`.trim(),
    company: contact?.company ?? "",
    title: contact?.title ?? "",
  };
}

/** Sends what a mailing has that was not sent yet; a message that fails stops no other. */
export async function sendMailing(context: MailContext, id: string): Promise<void> {
  const [rows] = await context.workspace.read([statement(sql`
    select distinct one ->> 'message' as id
    from crm.account_mailings a, jsonb_array_elements(a.recipients) one
    where a.id = ${id} and one ->> 'message' is not null order by 1`)]);
  const left = rowsOf<{ id: string }>(rows).map((row) => row.id);
  const end = performance.now() + BEGIN_MS;
  const next = async () => {
    for (let one = left.shift(); one !== undefined; one = left.shift()) {
      await (performance.now() < end ? sent(context, one) : givenUp(context, one));
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, next));
}

async function sent(context: MailContext, id: string): Promise<void> {
  try {
    await sendNow(context, id);
  } catch (error) {
    // Why is kept with the message.
    if (!(error instanceof Refusal)) throw error;
  }
}

async function givenUp({ workspace }: MailContext, id: string): Promise<void> {
  await workspace.write([statement(sql`select app.give_up_message(${id}::uuid, ${TOO_LATE})`)]);
}

/** Selects what became of each recipient of a mailing: rows of {@link MailedResult}, in order. */
export function selectMailedResults(id: string): Statement {
  return statement(sql`
    select (one ->> 'contact_id')::float8 as contact_id, one ->> 'email' as email, m.message_id,
      case when m.id is null then 'skipped' when m.state = 'sent' and refused.error is null then 'sent'
        else 'failed' end as status,
      case when m.id is null then one ->> 'reason' when m.state in ('queued', 'sending') then 'unconfirmed'
        when m.state = 'sent' then refused.error else coalesce(m.error, 'unknown') end as reason
    from crm.account_mailings a
    cross join jsonb_array_elements(a.recipients) with ordinality its (one, place)
    left join crm.messages m on m.id = (one ->> 'message')::uuid
    left join lateral (
      select its ->> 'error' as error from jsonb_array_elements(m.refused) its
      where its ->> 'address' = one ->> 'email' limit 1) refused on true
    where a.id = ${id} order by place`);
}
