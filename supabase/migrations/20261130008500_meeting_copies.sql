-- Meetings as they are in the calendars that their users connected elsewhere.

create table crm.meeting_copies (
  workspace_id uuid not null default app.workspace_id() references crm.workspaces (id) on delete cascade,
  id uuid not null default app.uuid_v7(),
  account_id uuid not null,
  -- Also of one that was deleted, until it is out of the calendar.
  meeting_id uuid not null,
  -- As the other service has it; null unless it is known to be there.
  event_id text collate "C",
  -- Set once it may have been made.
  is_begun boolean not null default false,
  -- How many that were made have gone there.
  generation integer not null default 0,
  -- Counts the meeting's changes, and which of them the calendar has.
  wanted integer not null default 1,
  written integer not null default 0,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  primary key (workspace_id, id),
  constraint meeting_copies_meeting_id_key unique (workspace_id, meeting_id, account_id),
  constraint meeting_copies_account_id_fkey foreign key (workspace_id, account_id)
    references crm.connected_accounts (workspace_id, id) on delete cascade
);

create index meeting_copies_account_id_idx on crm.meeting_copies (workspace_id, account_id) include (event_id)
  where written <> wanted;
create index meeting_copies_account_idx on crm.meeting_copies (workspace_id, account_id);
call app.make_tenant_table('meeting_copies');

-- Has each calendar that a meeting's user connected brought to what the meeting is now, by a job. One that does not
-- take place is not put into any.
create function app.copy_meeting() returns trigger
language plpgsql security definer
set search_path = ''
as $$
declare
  v_meeting constant crm.meetings := case tg_op when 'DELETE' then old else new end;
  v_copy uuid;
begin
  if v_meeting.user_id is null
    or not exists (select from crm.workspaces w where w.id = v_meeting.workspace_id)
  then
    return null;
  end if;
  for v_copy in
    insert into crm.meeting_copies as copy (workspace_id, account_id, meeting_id)
      select a.workspace_id, a.id, v_meeting.id from crm.connected_accounts a
      where a.workspace_id = v_meeting.workspace_id and a.user_id = v_meeting.user_id
        and a.provider in ('google', 'microsoft') and a.is_active
        and (tg_op <> 'DELETE' and v_meeting.status in (1, 2) or exists (
          select from crm.meeting_copies c
          where c.workspace_id = a.workspace_id and c.account_id = a.id and c.meeting_id = v_meeting.id))
      on conflict on constraint meeting_copies_meeting_id_key do update set wanted = copy.wanted + 1
      returning copy.id
  loop
    perform app.enqueue_job('meetings.copy', jsonb_build_object('copy_id', v_copy),
      p_workspace => v_meeting.workspace_id);
  end loop;
  return null;
end
$$;

create trigger copy_made after insert or delete on crm.meetings
  for each row execute function app.copy_meeting();
create trigger copy_changed after update on crm.meetings for each row
  when ((new.title, new.description, new.location, new.start_time, new.end_time, new.attendees, new.meeting_url,
      new.status) is distinct from (old.title, old.description, old.location, old.start_time, old.end_time,
      old.attendees, old.meeting_url, old.status))
  execute function app.copy_meeting();

revoke execute on all routines in schema app from public;
