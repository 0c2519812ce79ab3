-- What follows from an event of a lead: a job in the event's own transaction, and what there is to tell.

create index events_lead_idx on crm.events (workspace_id, record_id, sequence)
  where resource in ('leads', 'lead_tags');
create index events_deleted_idx on crm.events (workspace_id, record_id) where action = 'deleted';

-- The tags of a lead go with it before its event is written: these are noted before, and told in it.
create function app.note_tags_of_deleted() returns trigger
language plpgsql
set search_path = ''
as $$
declare
  v_tags constant text[] := array(
    select t.name from crm.lead_tags lt
    join crm.tags t on t.workspace_id = lt.workspace_id and t.id = lt.tag_id
    where lt.workspace_id = old.workspace_id and lt.lead_id = old.id order by t.name, t.id);
begin
  if v_tags <> '{}' and exists (select from crm.workspaces w where w.id = old.workspace_id) then
    perform set_config('app.tags_of_deleted', (
      coalesce(nullif(current_setting('app.tags_of_deleted', true), ''), '{}')::jsonb
        || jsonb_build_object(old.id, v_tags))::text, true);
  end if;
  return old;
end
$$;

create trigger note_tags before delete on crm.leads
  for each row execute function app.note_tags_of_deleted();

create function app.tell_tags_of_deleted() returns trigger
language plpgsql
set search_path = ''
as $$
begin
  new.before := new.before || jsonb_build_object('tags', coalesce(
    nullif(current_setting('app.tags_of_deleted', true), '')::jsonb -> new.record_id::text, '[]'));
  return new;
end
$$;

create trigger tell_tags before insert on crm.events
  for each row when (new.resource = 'leads' and new.action = 'deleted')
  execute function app.tell_tags_of_deleted();

-- A job for each event of a lead, if anything in the workspace listens.
create function app.dispatch_event() returns trigger
language plpgsql security definer
set search_path = ''
as $$
begin
  if app.has_listeners(new.workspace_id) then
    perform app.enqueue_job('events.dispatch', jsonb_build_object('sequence', new.sequence),
      p_workspace => new.workspace_id);
  end if;
  return null;
end
$$;

create function app.has_listeners(p_workspace uuid) returns boolean
language plpgsql stable security definer
set search_path = ''
as $$
begin
  return exists (
    select from crm.automations a
    where a.workspace_id = p_workspace and a.is_active and a.trigger_type <> 'lead.inactive')
  or exists (
    select from crm.integrations i
    where i.workspace_id = p_workspace and i.type = 'webhook' and i.status = 'active');
end
$$;

create trigger dispatch after insert on crm.events
  for each row when (new.resource in ('leads', 'lead_tags', 'form_submissions'))
  execute function app.dispatch_event();

-- An event of a lead, with the lead and its tags as the event's transaction left them: as the next one that
-- changed the lead found it, else as it is now. gone has {"number", "name"} of records that the event names
-- and that were deleted since, by their ids.
create function app.lead_event(p_sequence bigint, out resource text, out action text, out at timestamptz,
  out lead_id uuid, out before jsonb, out after jsonb, out lead jsonb, out tags jsonb, out tag text,
  out form jsonb, out gone jsonb, out chain uuid[])
language plpgsql stable
set search_path = ''
as $$
declare
  v_workspace constant uuid := app.workspace_id();
  v_event crm.events;
  v_next crm.events;
begin
  select e.* into v_event from crm.events e where e.workspace_id = v_workspace and e.sequence = p_sequence;
  resource := v_event.resource;
  action := v_event.action;
  at := v_event.at;
  before := v_event.before;
  after := v_event.after;
  lead_id := case resource when 'form_submissions' then (after ->> 'lead_id')::uuid else v_event.record_id end;
  select e.* into v_next from crm.events e
    where e.workspace_id = v_workspace and e.resource = 'leads' and e.record_id = lead_id
      and e.sequence > p_sequence and e.xid <> v_event.xid
    order by e.sequence limit 1;
  lead := coalesce(
    case when resource = 'leads' and action = 'deleted' then before end, v_next.before,
    (select to_jsonb(l) from crm.leads l where l.workspace_id = v_workspace and l.id = lead_id),
    case resource when 'leads' then after end);
  select jsonb_object_agg(e.record_id, jsonb_build_object(
      'number', e.before -> 'number', 'name', e.before -> 'name')) into gone
    from crm.events e
    where e.workspace_id = v_workspace and e.action = 'deleted' and e.resource not in ('leads', 'lead_tags')
      and e.record_id = any (array(
        select value::uuid from unnest(array[v_event.before, v_event.after, lead]) one, jsonb_each_text(one) field (key, value)
        where key in ('company_id', 'contact_id', 'pipeline_id', 'stage_id', 'assigned_to', 'tag_id', 'form_id')
          and value is not null));
  tags := app.tags_left_by(v_event, lead_id);
  if resource = 'lead_tags' then
    tag := app.tag_called((coalesce(after, before) ->> 'tag_id')::uuid);
  elsif resource = 'form_submissions' then
    form := coalesce((
      select jsonb_build_object('number', f.number, 'name', f.name) from crm.forms f
      where f.workspace_id = v_workspace and f.id = (v_event.after ->> 'form_id')::uuid),
      gone -> (v_event.after ->> 'form_id'));
  end if;
  chain := coalesce((
    select r.chain from crm.automation_runs r
    where r.workspace_id = v_workspace and r.id = (v_event.actor ->> 'run')::uuid), '{}');
end
$$;

-- The names of the tags that a lead had after an event's transaction: those it has now, or had when it was
-- deleted, without what came later.
create function app.tags_left_by(p_event crm.events, p_lead uuid) returns jsonb
language plpgsql stable
set search_path = ''
as $$
declare
  v_workspace constant uuid := app.workspace_id();
  v_deleted crm.events;
begin
  select e.* into v_deleted from crm.events e
    where e.workspace_id = v_workspace and e.resource = 'leads' and e.record_id = p_lead
      and e.sequence >= p_event.sequence and e.action = 'deleted';
  return (
    with last as (
      select jsonb_array_elements_text(v_deleted.before -> 'tags') as name
      union
      select t.name from crm.lead_tags lt
        join crm.tags t on t.workspace_id = lt.workspace_id and t.id = lt.tag_id
        where lt.workspace_id = v_workspace and lt.lead_id = p_lead
    ), later as (
      select distinct on (coalesce(e.after, e.before) ->> 'tag_id')
        app.tag_called((coalesce(e.after, e.before) ->> 'tag_id')::uuid) as name, e.action
      from crm.events e
      where e.workspace_id = v_workspace and e.resource = 'lead_tags' and e.record_id = p_lead
        and e.sequence > p_event.sequence and e.xid <> p_event.xid
      order by coalesce(e.after, e.before) ->> 'tag_id', e.sequence
    )
    select coalesce(jsonb_agg(left_then.name order by left_then.name collate "und-x-icu"), '[]') from (
      select name from last where name not in (select name from later where name is not null)
      union all select name from later where action = 'deleted' and name is not null) left_then);
end
$$;

-- The name of a tag, also of one that was deleted.
create function app.tag_called(p_id uuid) returns text
language sql stable
set search_path = ''
as $$
  select coalesce(
    (select t.name from crm.tags t where t.workspace_id = app.workspace_id() and t.id = p_id),
    (select e.before ->> 'name' from crm.events e
      where e.workspace_id = app.workspace_id() and e.action = 'deleted' and e.resource = 'tags'
        and e.record_id = p_id))
$$;

revoke execute on all routines in schema app from public;
grant execute on function app.lead_event(bigint), app.tags_left_by(crm.events, uuid), app.tag_called(uuid)
  to lumenbase_api;
