import { randomUUID } from "node:crypto";
import type pg from "pg";
import { userTokens } from "../../shared/auth/user-token.ts";
import { FUNCTIONS_ENVIRONMENT } from "../support/functions-environment.ts";
import { apiKey } from "./key.ts";
import { emptyWorkspace } from "./seed.ts";

/** How many leads a workspace has. */
export const LEADS = 10_000;

/** A workspace with leads, an Admin who is signed in to LIO, and users whom leads can be given. */
export interface LioWorkspace {
  id: string;
  /** Headers that prove the Admin, and a key. */
  user: { Authorization: string };
  key: { "X-Api-Key": string };
  /** Numbers of users. */
  users: [number, number];
}

const tokens = userTokens(FUNCTIONS_ENVIRONMENT.LUMENBASE_ENCRYPTION_KEY);

/** Makes such a workspace. */
export async function lioWorkspace(owner: pg.Client, leads = LEADS): Promise<LioWorkspace> {
  const { id } = await emptyWorkspace(owner);
  const [admin, other] = [await signedIn(owner, id), await signedIn(owner, id)];
  await owner.query(
    `insert into crm.leads (workspace_id, pipeline_id, first_name, last_name, email, city, priority, fit_intent_score)
     select $1, p.id, 'Marla' || n % 977, 'Steinberg' || n % 9973, 'm' || n || '@steinberg.example',
       (array['Berlin', 'Bonn', 'Köln', 'Wien', 'Zürich'])[1 + n % 5], 1 + n / 5 % 4, n / 20 % 101
     from generate_series(1, $2::int) n, crm.pipelines p where p.workspace_id = $1 and p.is_default`,
    [id, leads],
  );
  return {
    id,
    user: { Authorization: `Bearer ${admin.token}` },
    key: { "X-Api-Key": await apiKey(owner, id, "lio") },
    users: [admin.number, other.number],
  };
}

async function signedIn(owner: pg.Client, workspaceId: string) {
  const email = `${randomUUID()}@example.com`;
  await owner.query(
    "insert into crm.accounts (email, password_hash, set_in) values ($1, 'none', $2)",
    [email, workspaceId],
  );
  const { rows: [session] } = await owner.query<{ id: string }>(
    "insert into crm.sessions (email, expires_at) values ($1, now() + interval '1 day') returning id",
    [email],
  );
  const { rows: [user] } = await owner.query<{ number: string }>(
    `insert into crm.users (workspace_id, name, email, role, status)
     values ($1, 'Ada Admin', $2, 'admin', 'active') returning number`,
    [workspaceId, email],
  );
  const [sessionId, number] = [String(session?.id), Number(user?.number)];
  const token = await tokens.issue(
    { sessionId, number, workspaceId },
    Math.floor(Date.now() / 1_000),
  );
  return { number, token };
}
