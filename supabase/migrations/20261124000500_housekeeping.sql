-- What is kept for a time only, and removed when that is over.

-- Removes idempotency keys older than 24 hours; deliveries, of connectors and of webhooks, and events older
-- than 30 days; jobs dead for 30 days; exports that are no longer kept; holds of ledgers a day after they
-- expired; the log of requests after 7 days; and what undoes a merge of contacts once that is over, of every
-- workspace, at most so many of each, oldest first; answers how many, with others for what has no count of its
-- own. Passes over rows that are held. Likewise what is of no workspace: windows of requests that began a day
-- ago, and what signing in leaves behind.
create function app.housekeep(
  p_most integer default 50000, out idempotency_keys integer, out deliveries integer, out events integer,
  out dead_jobs integer, out requests integer, out others integer
)
language plpgsql volatile strict security definer
set search_path = ''
as $$
declare
  v_rows integer;
begin
  others := 0;
  delete from crm.idempotency_keys where (workspace_id, key) in (
    select k.workspace_id, k.key from crm.idempotency_keys k
    where k.created_at < now() - interval '24 hours'
    order by k.created_at limit p_most for update skip locked);
  get diagnostics idempotency_keys = row_count;
  delete from crm.connector_deliveries where (workspace_id, id) in (
    select d.workspace_id, d.id from crm.connector_deliveries d
    where d.created_at < now() - interval '30 days'
    order by d.created_at limit p_most for update skip locked);
  get diagnostics deliveries = row_count;
  deliveries := deliveries + app.prune_webhook_deliveries(p_most);
  events := app.prune_events(p_most);
  delete from crm.jobs where (workspace_id, id) in (
    select j.workspace_id, j.id from crm.jobs j
    where j.status = 'dead' and j.updated_at < now() - interval '30 days'
    order by j.updated_at limit p_most for update skip locked);
  get diagnostics dead_jobs = row_count;
  delete from crm.exports where (workspace_id, id) in (
    select e.workspace_id, e.id from crm.exports e
    where e.expires_at < now() order by e.expires_at limit p_most for update skip locked);
  get diagnostics v_rows = row_count;
  others := others + v_rows;
  delete from crm.ledger_holds where (workspace_id, id) in (
    select h.workspace_id, h.id from crm.ledger_holds h
    where h.expires_at < now() - interval '1 day' limit p_most for update skip locked);
  get diagnostics v_rows = row_count;
  others := others + v_rows;
  requests := app.prune_requests(p_most);
  update crm.contact_merges set undo = null where (workspace_id, id) in (
    select m.workspace_id, m.id from crm.contact_merges m
    where m.undo is not null and m.undo_until < now()
    order by m.undo_until limit p_most for update skip locked);
  get diagnostics v_rows = row_count;
  others := others + v_rows;
  delete from crm.rate_windows where subject in (
    select w.subject from crm.rate_windows w
    where w.window_start < now() - interval '1 day' limit p_most for update skip locked);
  get diagnostics v_rows = row_count;
  others := others + v_rows;
  delete from crm.sign_in_attempts where (subject, id) in (
    select a.subject, a.id from crm.sign_in_attempts a
    where a.at < now() - interval '1 day' order by a.at limit p_most for update skip locked);
  get diagnostics v_rows = row_count;
  others := others + v_rows;
  delete from crm.sessions where (email, id) in (
    select r.email, r.session_id from crm.refresh_tokens r
    where r.expires_at < now() and not exists (
      select from crm.refresh_tokens later
      where later.email = r.email and later.session_id = r.session_id and later.expires_at >= now())
    limit p_most);
  get diagnostics v_rows = row_count;
  others := others + v_rows;
  delete from crm.sessions where (email, id) in (
    select s.email, s.id from crm.sessions s where s.expires_at < now() limit p_most for update skip locked);
  get diagnostics v_rows = row_count;
  others := others + v_rows;
  delete from crm.sign_in_links where (workspace_id, id) in (
    select l.workspace_id, l.id from crm.sign_in_links l
    where l.expires_at < now() - interval '1 day' limit p_most for update skip locked);
  get diagnostics v_rows = row_count;
  others := others + v_rows;
end
$$;

revoke execute on all routines in schema app from public;
