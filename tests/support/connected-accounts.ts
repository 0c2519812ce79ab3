import { secretBox } from "../../shared/auth/secret-box.ts";
import { connectAccount, type NewAccount } from "../../shared/connected/connect.ts";
import { apiDatabase, claimsOf } from "./as-role.ts";
import { FUNCTIONS_ENVIRONMENT } from "./functions-environment.ts";

const BOX = secretBox(FUNCTIONS_ENVIRONMENT.LUMENBASE_ENCRYPTION_KEY);

/** Connects an account of a workspace; answers its id and number. */
export async function connectTestAccount(
  workspaceId: string,
  account: NewAccount,
): Promise<{ id: string; number: number }> {
  const connecting = await connectAccount(BOX, workspaceId, account);
  const [rows] = await apiDatabase().write(claimsOf(workspaceId), [connecting]);
  return { id: String(rows?.[0]?.id), number: Number(rows?.[0]?.number) };
}

/** Connects an app, of the organisation unless a user is given. */
export function connectApp(
  workspaceId: string,
  provider: NewAccount["provider"],
  { userId = null, credentials, settings = {} }: {
    userId?: string | null;
    credentials: Record<string, string>;
    settings?: Record<string, unknown>;
  },
): Promise<{ id: string; number: number }> {
  return connectTestAccount(workspaceId, { provider, userId, secrets: credentials, settings });
}
