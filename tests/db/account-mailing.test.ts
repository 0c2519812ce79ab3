import { expect, test } from "vitest";
import { secretBox } from "../../shared/auth/secret-box.ts";
import type { Database } from "../../shared/db/database.ts";
import { rowsOf } from "../../shared/db/wire/rows.ts";
import { Workspace } from "../../shared/db/workspace.ts";
import {
  type MailedContact,
  type MailedResult,
  selectMailed,
  selectMailedResults,
  sendMailing,
  storeMailing,
} from "../../shared/mail/account-mailing.ts";
import { apiDatabase } from "../support/as-role.ts";
import { cutOffAfterWrites } from "../support/cut-off.ts";
import { FUNCTIONS_ENVIRONMENT } from "../support/functions-environment.ts";
import { endLeases } from "../support/jobs.ts";
import { lioUser } from "../support/lio.ts";
import { smtpAccountOf } from "../support/mail-accounts.ts";
import { ownMigratedDatabase } from "../support/own-migrated-database.ts";
import { mailboxOfTest } from "../support/providers/smtp-mailbox.ts";
import { asOwner, testWorkspace } from "../support/workspace.ts";

ownMigratedDatabase();

const BOX = secretBox(FUNCTIONS_ENVIRONMENT.LUMENBASE_ENCRYPTION_KEY);

/** A mailing to three contacts of a target account that is stored. */
async function mailing() {
  const { id: workspaceId } = await testWorkspace();
  const user = await lioUser({ id: workspaceId });
  const box = await mailboxOfTest({ security: "none", users: { [user.email]: "secret" } });
  await smtpAccountOf({ id: workspaceId }, user, box);
  const [account] = await asOwner<{ number: string; from: string }>(
    `with account as (
       insert into crm.target_accounts (workspace_id) values ($1) returning id, number
     ), people as (
       insert into crm.contacts (workspace_id, email)
       select $1, 'p' || n || '@acme.example' from generate_series(1, 3) n returning id
     ), members as (
       insert into crm.target_account_contacts (workspace_id, target_account_id, contact_id)
       select $1, account.id, people.id from account, people
     )
     select number, (select id from crm.connected_accounts where workspace_id = $1) as from from account`,
    [workspaceId],
  );
  const number = Number(account?.number);
  const database = apiDatabase();
  const as = (through: Database) =>
    new Workspace(through, {
      workspaceId,
      actor: { kind: "user", id: user.id },
      scopes: [],
      requestId: workspaceId,
    });
  const workspace = as(database);
  const id = await workspace.transact(async (transaction) => {
    const [rows] = await transaction.run([selectMailed(number, null)]);
    return await storeMailing(transaction, number, {
      mode: "individual",
      subject: "Hi",
      html: "Hi",
      from: { id: String(account?.from), address: user.email },
      contacts: rowsOf<MailedContact>(rows),
      addressOf: () => () => null,
    });
  });
  return {
    box,
    send: (through = database) =>
      sendMailing({
        workspace: as(through),
        secrets: () => BOX,
        publicUrl: "https://api.lumenbase.test/functions/v1",
        env: FUNCTIONS_ENVIRONMENT,
      }, id),
    database,
    results: async () => rowsOf<MailedResult>((await workspace.read([selectMailedResults(id)]))[0]),
  };
}

// A message is taken, begun, handed over and ended, each by a write.
test.each([1, 6, 9])(
  "a mailing that is killed after %i writes goes on: nobody is written to twice, or forgotten",
  async (writes) => {
    const { box, send, database, results } = await mailing();
    await expect(send(cutOffAfterWrites(database, writes))).rejects.toThrow("killed");
    await endLeases();
    await send();
    const told = await results();
    const got = box.arrived.flatMap(({ to }) => to);
    expect(got.length).toBe(new Set(got).size);
    for (const { email, status, reason } of told) {
      // What was handed over as the process went is in doubt, and not sent again.
      const isKnown = status === "failed"
        ? String(reason).startsWith("unconfirmed")
        : status === "sent" && got.includes(String(email));
      expect(isKnown, `${status} ${reason}`).toBe(true);
    }
    await send();
    const all = box.arrived.flatMap(({ to }) => to);
    expect(all.length).toBe(new Set(all).size);
  },
);
