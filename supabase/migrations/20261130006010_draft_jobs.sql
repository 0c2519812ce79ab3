-- Drafting for many leads: a job that people follow (crm.import_jobs), whose rows are leads. Credits of each are set
-- aside when it begins, and charged in the transaction that writes its draft.

-- Writes the draft of a lead, charges what was set aside for it, and answers its id; null when the lead is gone.
create function app.add_draft(
  p_lead uuid, p_persona text, p_subject text, p_body text, p_hold uuid, p_price numeric
) returns uuid
language plpgsql volatile
set search_path = ''
as $$
declare
  v_draft crm.email_drafts;
begin
  insert into crm.email_drafts (lead_id, persona, subject, body)
    select l.id, p_persona, p_subject, p_body from crm.leads l
    where l.workspace_id = app.workspace_id() and l.id = p_lead for key share
    returning * into v_draft;
  if v_draft.id is not null then
    perform app.charge_hold(p_hold, p_price, 'ai_email', v_draft.number::text);
  end if;
  return v_draft.id;
end
$$;

-- Begins drafting for the leads with these numbers, in their order, that the actor sees, and answers the number of
-- the job and which leads those are. Raises LB091 when credits do not suffice for all of them.
create function app.begin_drafts(p_leads bigint[], p_persona text, p_price numeric, p_seconds integer)
returns table (number bigint, queued bigint[])
language plpgsql volatile
set search_path = ''
as $$
declare
  v_job crm.import_jobs;
  v_requests jsonb;
begin
  select array_agg(l.number order by given.place),
      jsonb_agg(jsonb_build_object('lead', l.id, 'hold', app.hold_funds('credits', p_price, 'ai_email', p_seconds))
        order by given.place)
    into queued, v_requests
    from unnest(p_leads) with ordinality given (lead, place)
    join crm.leads l on l.workspace_id = app.workspace_id() and l.number = given.lead;
  insert into crm.import_jobs (type, created_by, options, total_rows)
    values ('ai_email', app.acting_user(),
      jsonb_build_object('persona', p_persona, 'requests', coalesce(v_requests, '[]')), coalesce(cardinality(queued), 0))
    returning * into v_job;
  perform app.enqueue_job('drafts.write', jsonb_build_object('import_id', v_job.id));
  number := v_job.number;
  queued := coalesce(queued, '{}');
  return next;
end
$$;

-- Drafting whose job was given up has failed: what was set aside for the leads that are left is free again.
create function app.fail_drafts() returns trigger
language plpgsql security definer
set search_path = ''
as $$
declare
  v_job crm.import_jobs;
begin
  update crm.import_jobs i set status = 'failed', finished_at = now()
    where i.workspace_id = new.workspace_id and i.id = (new.payload ->> 'import_id')::uuid
      and i.status in ('pending', 'processing')
    returning i.* into v_job;
  perform app.release_hold((request ->> 'hold')::uuid)
    from jsonb_array_elements(v_job.options -> 'requests') with ordinality left_over (request, place)
    where place > v_job.processed_rows;
  return null;
end
$$;

create trigger fail_drafts after update of status on crm.jobs
  for each row when (new.status = 'dead' and new.kind = 'drafts.write')
  execute function app.fail_drafts();

revoke execute on all routines in schema app from public;
grant execute on function app.add_draft(uuid, text, text, text, uuid, numeric),
  app.begin_drafts(bigint[], text, numeric, integer) to lumenbase_api;
