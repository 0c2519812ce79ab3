import { sql, statement } from "../db/sql.ts";
import type { Transaction } from "../db/transaction.ts";
import { InvalidInput, RecordNotFound } from "../refusals/errors.ts";
import type { IntegrationContext } from "./context.ts";
import { openSecrets, sealed, type StoredSettings } from "./settings.ts";
import { newSigningSecret } from "./types/webhook.ts";

/**
 * Gives a webhook another secret, which is answered; until the overlap of so many seconds ends, deliveries
 * are signed with the former one as well. Throws RecordNotFound, or InvalidInput for another type.
 */
export async function rotateSecret(
  context: Pick<IntegrationContext, "workspace" | "secrets">,
  transaction: Transaction,
  number: number,
  overlapSeconds: number,
): Promise<string> {
  const [rows] = await transaction.run([statement(
    sql`select type, secrets from crm.integrations where number = ${number} for no key update`,
  )]);
  const stored = rows?.[0] as Pick<StoredSettings, "secrets"> & { type: string } | undefined;
  if (stored === undefined) throw new RecordNotFound("integration", String(number));
  if (stored.type !== "webhook") {
    const message = `Must be webhook; it is ${stored.type}, which has no secret to rotate.`;
    throw new InvalidInput([{ field: "type", message }]);
  }
  const { secret: former } = await openSecrets(context, stored);
  const secret = newSigningSecret();
  const isKept = overlapSeconds > 0 && former !== undefined;
  const secrets = await sealed(context, isKept ? { secret, former } : { secret });
  await transaction.run([statement(sql`update crm.integrations
    set secrets = ${secrets}, former_secret_until = case when ${isKept}
      then now() + make_interval(secs => ${overlapSeconds}) end
    where number = ${number}`)]);
  return secret;
}
