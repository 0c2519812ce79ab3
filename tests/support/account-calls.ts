import type { FunctionCall } from "./connector-calls.ts";

const plain = (text: string, answer: FunctionCall["answer"]): FunctionCall => ({ text, answer });
const STEP = '{"contact_id": 1, "channel": "call", "scheduled_at": "2090-01-01T00:00:00Z"}';
const NOW = "'2026-06-15T00:00:00Z'";

/** The functions behind target accounts. */
export const ACCOUNT_CALLS: Record<string, FunctionCall> = {
  account_health: plain(`select app.account_health(30, null, ${NOW}) as health`, [
    { health: "warm" },
  ]),
  active_user: plain("select app.active_user(1) as id", [{ id: null }]),
  add_contact_to_account: plain(
    "select id from app.add_contact_to_account(1, 1, 'champion') id",
    [],
  ),
  add_outreach_step: plain(`select id from app.add_outreach_step(1, '${STEP}') id`, []),
  change_target_account: plain(
    `select id from app.change_target_account(1, '{"tier": 1}') id`,
    [],
  ),
  create_target_account: plain(
    `select app.create_target_account('{"company_id": 1}') as id`,
    "LB080",
  ),
  engagement_score: plain("select app.engagement_score(250) as score", [{ score: 100 }]),
  faded_points: plain(`select app.faded_points(30, ${NOW}, ${NOW}) as points`, [{ points: 30 }]),
  hold_target_account: plain("select id from app.hold_target_account(1)", []),
  stored_target_account: plain(
    `select app.stored_target_account('{"owner_id": 1}', null) as stored`,
    "LB080",
  ),
};
