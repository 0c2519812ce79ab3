-- Leads that nothing happened to for so many days: no change of the lead, and no activity of its contact.

-- How far each automation with the trigger lead.inactive has looked: leads in the order of their last
-- change, and, from when it began, activities in the order they were made.
create table crm.inactivity_scans (
  workspace_id uuid not null default app.workspace_id() references crm.workspaces (id) on delete cascade,
  automation_id uuid not null,
  days integer not null,
  lead_at timestamptz not null default '-infinity',
  lead_id uuid not null default '00000000-0000-0000-0000-000000000000',
  activity_at timestamptz not null,
  activity_id uuid not null default '00000000-0000-0000-0000-000000000000',
  next_at timestamptz not null default now(),
  primary key (workspace_id, automation_id),
  constraint inactivity_scans_automation_id_fkey foreign key (workspace_id, automation_id)
    references crm.automations (workspace_id, id) on delete cascade
);

create index inactivity_scans_next_at_idx on crm.inactivity_scans (next_at);
call app.make_tenant_table('inactivity_scans');

create function app.begin_inactivity_scan() returns trigger
language plpgsql
set search_path = ''
as $$
declare
  v_days constant integer := (new.trigger ->> 'days')::integer;
begin
  if not new.is_active or new.trigger_type <> 'lead.inactive' then
    delete from crm.inactivity_scans s where s.workspace_id = new.workspace_id and s.automation_id = new.id;
  else
    insert into crm.inactivity_scans as scan (workspace_id, automation_id, days, activity_at)
      values (new.workspace_id, new.id, v_days, now() - make_interval(days => v_days))
      on conflict (workspace_id, automation_id) do update
        set days = excluded.days, lead_at = excluded.lead_at, lead_id = excluded.lead_id,
          activity_at = excluded.activity_at, activity_id = excluded.activity_id
        where scan.days <> excluded.days;
  end if;
  return null;
end
$$;

create trigger begin_inactivity_scan after insert or update of trigger, is_active on crm.automations
  for each row execute function app.begin_inactivity_scan();

-- Since when a lead is quiet; null when there is no such lead.
create function app.quiet_since(p_workspace uuid, p_lead uuid) returns timestamptz
language sql stable
set search_path = ''
as $$
  select greatest(l.updated_at, (
    select a.created_at from crm.activities a
    where a.workspace_id = l.workspace_id and a.contact_id = l.contact_id
    order by a.created_at desc, a.id desc limit 1))
  from crm.leads l where l.workspace_id = p_workspace and l.id = p_lead
$$;

-- Writes a job for each lead that has become inactive to an automation: a bounded number of them, those
-- that were not looked at for longest first. A run is made but once of each quiet time, so to look at
-- a lead again does no harm.
create function app.find_inactive_leads() returns void
language plpgsql volatile security definer
set search_path = ''
as $$
declare
  v_most constant integer := 1000;
  v_scan crm.inactivity_scans;
  v_until timestamptz;
  v_leads integer;
  v_activities integer;
begin
  for v_scan in
    select * from crm.inactivity_scans s where s.next_at <= now()
    order by s.next_at limit 500 for update skip locked
  loop
    v_until := now() - make_interval(days => v_scan.days);
    with page as materialized (
      select l.id, l.updated_at from crm.leads l
      where l.workspace_id = v_scan.workspace_id and (l.updated_at, l.id) > (v_scan.lead_at, v_scan.lead_id)
        and l.updated_at <= v_until
      order by l.updated_at, l.id limit v_most
    ), found as materialized (
      select page.id, app.quiet_since(v_scan.workspace_id, page.id) as since from page
    ), told as materialized (
      select app.enqueue_job('automations.inactive', jsonb_build_object('automation_id',
        v_scan.automation_id, 'lead_id', found.id, 'quiet_since', found.since),
        p_workspace => v_scan.workspace_id) from found where found.since <= v_until
    )
    select (select count(*) from page), coalesce(last.updated_at, v_scan.lead_at),
        coalesce(last.id, v_scan.lead_id)
      into v_leads, v_scan.lead_at, v_scan.lead_id
      from (select count(*) from told) all_told
      left join (select * from page order by updated_at desc, id desc limit 1) last on true;
    -- What kept a lead from being quiet when it was looked at.
    with page as materialized (
      select a.id, a.contact_id, a.created_at from crm.activities a
      where a.workspace_id = v_scan.workspace_id
        and (a.created_at, a.id) > (v_scan.activity_at, v_scan.activity_id) and a.created_at <= v_until
      order by a.created_at, a.id limit v_most
    ), found as materialized (
      select l.id, page.created_at as since
      from page join crm.leads l on l.workspace_id = v_scan.workspace_id and l.contact_id = page.contact_id
      where app.quiet_since(v_scan.workspace_id, l.id) = page.created_at and l.updated_at < page.created_at
    ), told as materialized (
      select app.enqueue_job('automations.inactive', jsonb_build_object('automation_id',
        v_scan.automation_id, 'lead_id', found.id, 'quiet_since', found.since),
        p_workspace => v_scan.workspace_id) from found
    )
    select (select count(*) from page), coalesce(last.created_at, v_scan.activity_at),
        coalesce(last.id, v_scan.activity_id)
      into v_activities, v_scan.activity_at, v_scan.activity_id
      from (select count(*) from told) all_told
      left join (select * from page order by created_at desc, id desc limit 1) last on true;
    update crm.inactivity_scans s
      set lead_at = v_scan.lead_at, lead_id = v_scan.lead_id,
        activity_at = v_scan.activity_at, activity_id = v_scan.activity_id,
        next_at = case when greatest(v_leads, v_activities) < v_most then now() + interval '30 seconds'
          else now() end
      where s.workspace_id = v_scan.workspace_id and s.automation_id = v_scan.automation_id;
  end loop;
end
$$;

revoke execute on all routines in schema app from public;
grant execute on function app.quiet_since(uuid, uuid) to lumenbase_api;
