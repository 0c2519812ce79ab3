import * as z from "zod";
import { connectAccount } from "../../connected/connect.ts";
import { MAILERS } from "../../crm/mail-accounts.ts";
import { selectById, shownRecord } from "../../crm/views/statements.ts";
import { answeredBefore } from "../../http/idempotency.ts";
import { scope } from "../../http/operation.ts";
import { noParameters } from "../../http/query.ts";
import { router } from "../../http/router.ts";
import { transact } from "../../http/write.ts";
import { lazy } from "../../memory/lazy.ts";
import { filter } from "../../operations/filters.ts";
import { InvalidInput } from "../../refusals/errors.ts";
import { collectMistakes, validated } from "../../refusals/validation.ts";
import { type LioCaller, userOf } from "./caller.ts";
import type { LioOperation } from "./contract.ts";
import { answer } from "./envelope.ts";
import { list } from "./lists.ts";
import { accountBody, accountMistakes } from "./mail-account-body.ts";
import { secretsOf, triedAccount } from "./mail-account-trial.ts";
import { mailAccount } from "./mail-account-view.ts";
import { BODY, objectOf, readQuery } from "./reading.ts";
import { oneRecord } from "./schemas.ts";

const mailer = filter(
  lazy(() => z.enum(MAILERS, `Must be one of ${MAILERS.join(", ")}`)),
  (value) => ({ is: "equal", column: "provider", value }),
);

const STATES = ["0", "1"] as const;

const state = filter(
  lazy(() => z.enum(STATES, "Must be 1 (active) or 0 (inactive)")),
  (value) => ({ is: "equal", column: "is_active", value: String(value === "1") }),
);

/** POST: adds a mail account of the user who asks, with credentials that work; 201. */
const addAccount: LioOperation = {
  kind: "write",
  body: BODY,
  get contract() {
    return {
      id: "createMailConfiguration",
      summary: "Add a mail account",
      body: accountBody(),
      answers: { 201: oneRecord(mailAccount.schema) },
      refusals: ["provider_failed" as const, "unavailable" as const],
    };
  },
  async run(call) {
    const [, given] = collectMistakes(
      () => readQuery(call, noParameters()),
      () => validated(accountBody(), objectOf(call)),
    );
    const mistakes = accountMistakes(given);
    if (mistakes.length > 0) throw new InvalidInput(mistakes);
    const box = secretsOf(call);
    const before = await answeredBefore(call);
    if (before !== null) return before;
    const account = await triedAccount(call, given);
    const connecting = await connectAccount(box, call.workspace.id, account);
    return await transact(call, async (transaction) => {
      const [[made] = []] = await transaction.run([connecting]);
      const id = String(made?.id);
      const [rows] = await transaction.run([selectById(mailAccount, id)]);
      return answer(201, shownRecord(mailAccount, id, rows), "Mail account added");
    });
  },
};

/** Mail accounts (spec: Mail, inbox, calendar, and meetings). */
export default router<LioCaller>("/api/mail-configurations")
  .get(
    "/list",
    scope("own"),
    list(mailAccount, {
      id: "listMailConfigurations",
      summary: "List your mail accounts",
      plural: "Mail accounts",
      filters: { mailer, state_id: state },
      seen: ({ caller }) => [
        { is: "equal", column: "user_id", value: userOf(caller).userId },
        { is: "equal", column: "is_mail", value: "true" },
      ],
      sorts: ["id", "created_at"],
    }),
  )
  .post("/add", scope("write"), addAccount);
