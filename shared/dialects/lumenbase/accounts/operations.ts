import * as z from "zod";
import type { SecretBox } from "../../../auth/secret-box.ts";
import { connectAccount } from "../../../connected/connect.ts";
import {
  appOf,
  connectedAccounts,
  forgetAccount,
  lockUserOf,
  passDefaultOn,
} from "../../../crm/connected-accounts.ts";
import { domainError, requireRecord, selectRecord } from "../../../crm/records.ts";
import { uuid } from "../../../crm/values/fields.ts";
import { jsonBody, SINGLE_LIMIT } from "../../../http/body.ts";
import type { Call } from "../../../http/call.ts";
import { parseQuery } from "../../../http/query.ts";
import { transact } from "../../../http/write.ts";
import { lazy } from "../../../memory/lazy.ts";
import { InvalidInput } from "../../../refusals/errors.ts";
import { Refusal } from "../../../refusals/refusal.ts";
import { collectMistakes, validated } from "../../../refusals/validation.ts";
import type { LumenbaseOperation } from "../contract.ts";
import { dryRunParameter, rehearsal } from "../dry-run.ts";
import { answer } from "../envelope.ts";
import { accountBody, accountMistakes, type GivenApp } from "./body.ts";

const parameters = lazy(() => z.strictObject({ dry_run: dryRunParameter() }));
const byIdParameters = lazy(() => z.strictObject({ id: uuid(), dry_run: dryRunParameter() }));

/** POST: connects an app, in place of the one that its provider had for the same user or the workspace; 201. */
export const connectApp: LumenbaseOperation = {
  kind: "write",
  body: jsonBody(SINGLE_LIMIT),
  get contract() {
    return {
      action: "create" as const,
      resource: connectedAccounts,
      parameters: parameters(),
      body: accountBody(),
      replaces: true as const,
    };
  },
  async run(call) {
    const [{ dry_run }, given] = collectMistakes(
      () => parseQuery(parameters(), call.query),
      () => validated(accountBody(), call.object()),
    );
    const mistakes = accountMistakes(given);
    if (mistakes.length > 0) throw new InvalidInput(mistakes);
    const connecting = await connection(call, given);
    try {
      return await transact(call, async (transaction) => {
        const { provider, user_id } = given;
        const [[before] = [], [made] = []] = await transaction.run([
          appOf(provider, user_id ?? null),
          connecting,
        ]);
        const id = String(made?.id);
        const [rows] = await transaction.run([selectRecord(connectedAccounts, id)]);
        const data = requireRecord(connectedAccounts, id, rows);
        if (!dry_run) return answer(call, 201, data);
        const outcome = before === undefined ? "created" : "updated";
        return answer(call, 200, rehearsal({ outcome, id, data }, before));
      }, dry_run);
    } catch (error) {
      throw domainError(connectedAccounts, error);
    }
  },
};

/** DELETE: forgets the account of `?id=` with its secrets; what came from it stays. */
export const disconnectAccount: LumenbaseOperation = {
  kind: "write",
  get contract() {
    return {
      action: "delete" as const,
      resource: connectedAccounts,
      parameters: byIdParameters(),
    };
  },
  run(call) {
    const { id, dry_run } = parseQuery(byIdParameters(), call.query);
    return transact(call, async (transaction) => {
      const [, before, gone] = await transaction.run([
        lockUserOf(id),
        selectRecord(connectedAccounts, id),
        forgetAccount(id),
      ]);
      const { user_id } = requireRecord(connectedAccounts, id, gone);
      if (user_id !== null) await transaction.run([passDefaultOn(String(user_id))]);
      const data = { deleted: true, id };
      if (!dry_run) return answer(call, 200, data);
      return answer(call, 200, rehearsal({ outcome: "deleted", id, data }, before?.[0]));
    }, dry_run);
  },
};

/** What encrypts the secrets of accounts. Throws Refusal where there is no key for that. */
export function secretsOf({ services }: Pick<Call, "services">): SecretBox {
  if (services.env.LUMENBASE_ENCRYPTION_KEY) return services.secrets();
  const message = "Accounts cannot be kept without LUMENBASE_ENCRYPTION_KEY.";
  throw new Refusal("unavailable", message);
}

function connection(call: Call, given: GivenApp) {
  const box = secretsOf(call);
  const { provider, user_id, channel, ...tokens } = given;
  const secrets = Object.fromEntries(
    Object.entries(tokens).flatMap(([name, value]) => value == null ? [] : [[name, value]]),
  );
  const settings = channel == null ? {} : { channel };
  const account = { provider, userId: user_id ?? null, settings, secrets };
  return connectAccount(box, call.workspace.id, account);
}
