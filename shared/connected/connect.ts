import { stringify } from "lossless-json";
import * as z from "zod";
import type { SecretBox } from "../auth/secret-box.ts";
import { sql, statement } from "../db/sql.ts";
import type { Statement } from "../db/wire/pipeline.ts";
import { lazy } from "../memory/lazy.ts";
import type { App, Mailer } from "./account.ts";

/** An account that is to be connected. */
export interface NewAccount {
  provider: App | Mailer;
  /** Null: the organisation's. */
  userId: string | null;
  settings?: Record<string, unknown>;
  secrets: Record<string, string>;
  fromAddress?: string;
  fromName?: string;
}

/** Credentials of an app as whoever connects it gives them (decisions of LIO: 18). */
export const credentials = lazy(() =>
  z.strictObject({
    access_token: z.string().min(1).max(10_000),
    refresh_token: z.string().min(1).max(10_000).optional(),
    client_id: z.string().min(1).max(1_000).optional(),
    client_secret: z.string().min(1).max(1_000).optional(),
    expires_at: z.iso.datetime({ offset: true }).optional(),
  })
);

/** Connects an account of a workspace, with its secrets encrypted; answers its row. */
export async function connectAccount(
  box: SecretBox,
  workspaceId: string,
  account: NewAccount,
): Promise<Statement> {
  const { provider, userId, settings = {}, secrets, fromAddress, fromName } = account;
  const json = stringify({
    provider,
    user_id: userId,
    settings,
    secrets: await box.seal(secrets, workspaceId),
    from_address: fromAddress,
    from_name: fromName,
  });
  return statement(sql`select * from app.connect_account(${json}::jsonb)`);
}
