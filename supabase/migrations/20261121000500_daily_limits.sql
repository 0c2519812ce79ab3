-- How many contacts and activities a workspace may still make on a UTC day.

-- Spread over slots, as crm.record_counts is, so that two writers rarely wait for each other's commit. A
-- page keeps room for the next versions of its rows.
create table crm.daily_usage (
  workspace_id uuid not null references crm.workspaces (id) on delete cascade,
  day date not null,
  slot smallint not null default 0,
  contacts integer not null default 0,
  activities integer not null default 0,
  primary key (workspace_id, day, slot)
) with (fillfactor = 50);

comment on table crm.daily_usage is
  'What a workspace created on a UTC day: the sum of its slots. Far from the caps a transaction locks one of them, near the caps all.';

alter table crm.daily_usage enable row level security, force row level security;
create policy owner on crm.daily_usage to current_user using (true) with check (true);

-- What is left of a workspace's limits on the current UTC day; less than nothing when they were lowered.
create view app.quota_today with (security_invoker = true) as
  select w.id as workspace_id, w.contacts_per_day - used.contacts as contacts,
    w.activities_per_day - used.activities as activities
  from crm.workspaces w, lateral (
    select coalesce(sum(u.contacts), 0) as contacts, coalesce(sum(u.activities), 0) as activities
    from crm.daily_usage u
    where u.workspace_id = w.id and u.day = (now() at time zone 'UTC')::date) used;

create function app.daily_quota_left(p_lock boolean, out contacts integer, out activities integer)
language plpgsql volatile security definer
set search_path = ''
set enable_seqscan = off
as $$
declare
  v_workspace constant uuid := app.workspace_id();
  v_today constant date := (now() at time zone 'UTC')::date;
begin
  if p_lock then
    insert into crm.daily_usage (workspace_id, day, slot)
      select v_workspace, v_today, slot from generate_series(0, 15) slot
      on conflict (workspace_id, day, slot) do nothing;
    perform from crm.daily_usage u
      where u.workspace_id = v_workspace and u.day = v_today
      order by u.slot for update;
  end if;
  select greatest(r.contacts, 0), greatest(r.activities, 0) into contacts, activities
    from app.quota_today r where r.workspace_id = v_workspace;
end
$$;

comment on function app.daily_quota_left(boolean) is
  'How many contacts and activities the workspace may still create this UTC day. Exact until the transaction ends when p_lock is true.';

-- Whether this transaction, which takes no more than p_most and 100 of each, may take from its slot alone:
-- the quota is large enough for all that the others have taken and not yet committed. Once it may, it may
-- until it ends, and keeps the slot: as many are in use as transactions write at once. Every create asks,
-- and plpgsql prepares each expression anew in every transaction.
create function app.quota_is_ample(p_most integer) returns boolean
language plpgsql volatile security definer
set search_path = ''
-- A plan that was made while few workspaces had written reads the usage of all.
set enable_seqscan = off
as $$
declare
  v_workspace constant uuid := app.workspace_id();
begin
  return case
    when p_most > 100 then false
    when current_setting('lumenbase.quota_slot', true) <> '' then true
    when (select least(r.contacts, r.activities) >= 2000 from app.quota_today r
      where r.workspace_id = v_workspace)
      then set_config('lumenbase.quota_slot',
        least(app.take_count_slot(v_workspace), 15)::text, true) <> ''
    else false
  end;
end
$$;

-- The last write of a transaction, so that its row locks are held only while committing. Another
-- request may have taken of the quota since it was looked at: 40001 asks the caller to start over.
create function app.use_daily_quota(p_contacts integer, p_activities integer) returns void
language plpgsql volatile security definer
set search_path = ''
set enable_seqscan = off
as $$
declare
  v_workspace constant uuid := app.workspace_id();
  v_slot constant text := nullif(current_setting('lumenbase.quota_slot', true), '');
  -- With one slot locked, at most 15 others hold one, with 100 of each that cannot be seen yet.
  v_unseen constant integer := case
    when v_slot <> '' and greatest(p_contacts, p_activities) <= 100 then 1500
    else 0 end;
begin
  if p_contacts = 0 and p_activities = 0 then
    return;
  elsif v_unseen = 0 then
    perform app.daily_quota_left(true);
  end if;
  insert into crm.daily_usage as used (workspace_id, day, slot, contacts, activities)
    values (v_workspace, (now() at time zone 'UTC')::date, coalesce(v_slot, '0')::smallint,
      p_contacts, p_activities)
    on conflict (workspace_id, day, slot) do update set
      contacts = used.contacts + excluded.contacts,
      activities = used.activities + excluded.activities;
  if (select p_contacts > 0 and r.contacts < v_unseen or p_activities > 0 and r.activities < v_unseen
      from app.quota_today r where r.workspace_id = v_workspace) then
    raise exception 'the daily quota was taken meanwhile' using errcode = '40001';
  end if;
end
$$;

-- Takes quota for new records of the current UTC day. Raises LB002, with the limit as its message,
-- when there is not enough. Near a cap, it locks the workspace's quota until the transaction ends.
create function app.take_daily_quota(p_contacts integer, p_activities integer) returns void
language plpgsql volatile
set search_path = ''
as $$
declare
  v_left record;
begin
  if not app.quota_is_ample(greatest(p_contacts, p_activities)) then
    select * into v_left from app.daily_quota_left(true);
    if p_contacts > v_left.contacts then
      raise exception using errcode = 'LB002', message = 'contacts_per_day';
    elsif p_activities > v_left.activities then
      raise exception using errcode = 'LB002', message = 'activities_per_day';
    end if;
  end if;
  perform app.use_daily_quota(p_contacts, p_activities);
end
$$;

revoke execute on all routines in schema app from public;
grant execute on function app.daily_quota_left(boolean), app.quota_is_ample(integer),
  app.use_daily_quota(integer, integer), app.take_daily_quota(integer, integer) to lumenbase_api;
