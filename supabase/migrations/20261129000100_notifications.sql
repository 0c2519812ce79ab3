-- What a user is told of.

create table crm.notifications (
  workspace_id uuid not null default app.workspace_id() references crm.workspaces (id) on delete cascade,
  id uuid not null default app.uuid_v7(),
  number bigint not null generated always as identity,
  user_id uuid not null,
  type text collate "C" not null check (type in ('lead_assigned', 'hot_lead', 'follow_up_due',
    'import_finished', 'export_finished', 'booking', 'mail_reply', 'system')),
  title text not null,
  body text,
  -- What it is about: a kind of record and its number.
  subject_type text collate "C",
  subject_id bigint,
  read_at timestamptz,
  is_read boolean not null generated always as (read_at is not null) stored,
  created_at timestamptz not null default now(),
  primary key (workspace_id, id),
  unique (workspace_id, number),
  constraint notifications_user_id_fkey foreign key (workspace_id, user_id)
    references crm.users (workspace_id, id) on delete cascade
);

create index notifications_number_idx on crm.notifications (workspace_id, user_id, number);
create index notifications_unread_idx on crm.notifications (workspace_id, user_id, number) where read_at is null;
call app.make_tenant_table('notifications');

-- A lead as notifications and alerts name it.
create function app.name_of_lead(p_lead crm.leads) returns text
language sql immutable
set search_path = ''
as $$
  select coalesce(nullif(concat_ws(' ', p_lead.first_name, p_lead.last_name), ''), p_lead.email,
    p_lead.phone, p_lead.linkedin_url, 'A lead')
$$;

-- Tells whom a lead was given to, but for who gave it to themselves.
create function app.notify_assigned() returns trigger
language plpgsql security definer
set search_path = ''
as $$
begin
  insert into crm.notifications (workspace_id, user_id, type, title, subject_type, subject_id)
    select new.workspace_id, u.id, 'lead_assigned',
      app.name_of_lead(jsonb_populate_record(null::crm.leads, new.after)) || ' was assigned to you', 'lead',
      (new.after ->> 'number')::bigint
    from crm.users u
    where u.workspace_id = new.workspace_id and u.id = (new.after ->> 'assigned_to')::uuid
      and u.id::text is distinct from case new.actor ->> 'kind' when 'user' then new.actor ->> 'id' end;
  return null;
end
$$;

create trigger notify_assigned after insert on crm.events
  for each row when (new.resource = 'leads'
    and new.after ->> 'assigned_to' is distinct from new.before ->> 'assigned_to')
  execute function app.notify_assigned();

-- Has whom a lead's follow-up is assigned to be told once it is due, by a job of its own at that time: one for
-- each time that it gets, which does nothing when it is done by then, or due at another.
create function app.remind_of_follow_up() returns trigger
language plpgsql security definer
set search_path = ''
as $$
begin
  if tg_op = 'UPDATE' and not old.is_done
    and (new.due_at, new.due_date, new.lead_id) is not distinct from (old.due_at, old.due_date, old.lead_id)
  then
    return null;
  end if;
  insert into crm.jobs (workspace_id, id, kind, payload, run_at)
    select f.workspace_id, md5(f.id || ' ' || extract(epoch from f.follow_up_at))::uuid, 'follow_ups.due',
      jsonb_build_object('task_id', f.id, 'due_at', f.follow_up_at), f.follow_up_at
    from crm.follow_ups f
    where f.workspace_id = new.workspace_id and f.id = new.id and f.follow_up_status in (1, 2, 6)
    on conflict do nothing;
  return null;
end
$$;

create trigger remind after insert or update of due_at, due_date, status, lead_id on crm.tasks
  for each row when (new.lead_id is not null and new.due_date is not null and not new.is_done)
  execute function app.remind_of_follow_up();

revoke execute on all routines in schema app from public;
grant execute on function app.name_of_lead(crm.leads) to lumenbase_api;
