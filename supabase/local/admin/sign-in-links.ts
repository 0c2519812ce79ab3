import { signInTokens } from "../../../shared/auth/sign-in-link.ts";
import { type Database, utc } from "./database.ts";
import { quoted, Refusal } from "./refusal.ts";
import { listUsers, type User } from "./users.ts";
import { workspaceId } from "./workspaces.ts";

/** Seconds that a link may wait for its use unless more is said. */
const LINK_SECONDS = 900;

/** A link that signs a user in once: its token is told this once. */
export interface SignInLink {
  user: User;
  token: string;
  expiresAt: string;
}

/** Makes a link for a user of a workspace, whether or not they have a password. */
export async function createSignInLink(
  database: Database,
  { workspace, email, seconds = LINK_SECONDS }: {
    workspace: string;
    email: string;
    seconds?: number;
  },
): Promise<SignInLink> {
  const id = await workspaceId(database, workspace);
  const user = (await listUsers(database, workspace)).find((one) => one.email === email);
  if (user === undefined) {
    throw new Refusal(
      "not_found",
      `The workspace ${quoted(workspace)} has no user ${quoted(email)}: see \`npm run admin -- ` +
        `users list --workspace ${workspace}\`.`,
    );
  }
  if (user.status === "inactive") {
    throw new Refusal("conflict", `${quoted(email)} is inactive there: make them active first.`);
  }
  const { token, publicId, hash } = signInTokens.generate();
  const { rows } = await database.query<{ expiresAt: string }>(
    `insert into crm.sign_in_links (workspace_id, user_id, public_id, token_hash, expires_at)
     values ($1, $2, $3, $4, now() + make_interval(secs => $5))
     returning ${utc("expires_at")} as "expiresAt"`,
    [id, user.id, publicId, Buffer.from(hash), seconds],
  );
  return { user, token, expiresAt: rows[0]?.expiresAt ?? "" };
}

/** Where a link leads, in the console of the API at an address. */
export function consoleLink(address: string, token: string): string {
  return `${address}/console/#/link/${token}`;
}
