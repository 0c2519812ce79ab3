-- Scores of leads: jobs of the kind leads.score compute them, of so many leads each, after whatever they are
-- computed from was changed; and each night those of leads with signals, which fade, are computed anew.

-- The leads of the rows given (SQL of workspace_id and id), as jobs. Each job has few enough for its locks to
-- be short.
create function app.scoring_of(p_rows text) returns text
language sql immutable
set search_path = ''
as $$
  select format($sql$
      insert into crm.jobs (workspace_id, kind, payload)
        select workspace_id, 'leads.score', jsonb_build_object('lead_ids', jsonb_agg(id order by id))
        from (
          select workspace_id, id, (row_number() over (partition by workspace_id order by id) - 1) / 200 as piece
          from (%s) changed) of_piece
        group by workspace_id, piece;$sql$, p_rows)
$$;

call app.follow_changes('leads', 'score_leads', 'score',
  app.scoring_of('select workspace_id, id from added'),
  ' null;',
  -- A full join is never a nested loop, which a plan kept from an update of one row would be.
  app.scoring_of('select added.workspace_id, added.id from gone full join added using (id)
    where (gone.email, gone.phone, gone.linkedin_url, gone.job_title, gone.company_id is null)
        is distinct from (added.email, added.phone, added.linkedin_url, added.job_title, added.company_id is null)
      and (select true from crm.workspaces owner where owner.id = added.workspace_id)'));

call app.follow_changes('intent_signals', 'score_leads_of_signals', 'score',
  app.scoring_of('select distinct workspace_id, lead_id as id from added'), ' null;');

-- Has the scores of all leads with signals computed anew, a piece after the other, in each workspace.
create function app.rescore_leads() returns void
language sql volatile security definer
set search_path = ''
as $$
  select app.enqueue_job('leads.rescore', p_workspace => w.id) from crm.workspaces w
    where exists (select from crm.intent_signals s where s.workspace_id = w.id)
$$;

insert into crm.schedules (name, function, seconds, next_at) values
  ('leads.rescore', 'app.rescore_leads()', 86400, date_trunc('day', now() at time zone 'UTC') at time zone 'UTC'
    + interval '1 day 2 hours');

revoke execute on all routines in schema app from public;
