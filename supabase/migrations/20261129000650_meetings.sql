-- Meetings of users, with leads, contacts and companies, and events of users' own calendars.

create extension if not exists btree_gist with schema extensions;

-- The time that a meeting keeps busy, which one that touches it leaves free. Minutes and hours are the same in every
-- time zone.
create function app.busy_range(
  p_start timestamptz, p_end timestamptz, p_before integer, p_after integer
) returns tstzrange
language plpgsql immutable parallel safe
set search_path = ''
as $$ begin return tstzrange(p_start - make_interval(mins => p_before), p_end + make_interval(mins => p_after)); end $$;

create table crm.meetings (
  workspace_id uuid not null default app.workspace_id() references crm.workspaces (id) on delete cascade,
  id uuid not null default app.uuid_v7(),
  number bigint not null generated always as identity,
  -- Whose it is.
  user_id uuid default app.acting_user(),
  lead_id uuid,
  contact_id uuid,
  company_id uuid,
  title text not null,
  description text,
  location text,
  start_time timestamptz not null,
  end_time timestamptz not null,
  timezone text not null default 'UTC',
  -- [{"email", "name", "status"}], each email once.
  attendees jsonb not null default '[]' check (jsonb_typeof(attendees) = 'array'),
  meeting_tool text collate "C" not null default 'none'
    check (meeting_tool in ('meet', 'teams', 'zoom', 'custom', 'none')),
  meeting_url text,
  -- 1 scheduled, 2 rescheduled, 3 held, 4 cancelled, 5 no show.
  status smallint not null default 1 check (status between 1 and 5),
  summary text,
  -- What the visitor of a booking page gave: {"slug", "name", "email", "company", "phone", "notes", "timezone"}.
  booking jsonb check (jsonb_typeof(booking) = 'object'),
  -- Minutes that are to stay free before and after it.
  buffer_before integer not null default 0 check (buffer_before between 0 and 240),
  buffer_after integer not null default 0 check (buffer_after between 0 and 240),
  -- Set of one that a visitor booked, as long as it is where and as that was: no two of a user's overlap. Users put
  -- meetings where they like, also booked ones.
  is_exclusive boolean not null default false,
  -- How calendars of others know it, and how often what they know of it has changed (RFC 5545, section 3.8.7.4).
  uid text collate "C" not null generated always as (id || '@lumenbase') stored,
  sequence integer not null default 0,
  -- Whom those who attend reply to, {"email", "name"}: for good from when the first were invited.
  organizer jsonb check (jsonb_typeof(organizer) = 'object'),
  busy tstzrange not null generated always as (
    app.busy_range(start_time, end_time, buffer_before, buffer_after)) stored,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  primary key (workspace_id, id),
  unique (workspace_id, number),
  check (end_time > start_time and end_time <= start_time + interval '24 hours'),
  constraint meetings_exclusive_key exclude using gist (workspace_id with =, user_id with =, busy with &&)
    where (is_exclusive and status in (1, 2)),
  constraint meetings_user_id_fkey foreign key (workspace_id, user_id)
    references crm.users (workspace_id, id) on delete set null (user_id),
  constraint meetings_lead_id_fkey foreign key (workspace_id, lead_id)
    references crm.leads (workspace_id, id) on delete set null (lead_id),
  constraint meetings_contact_id_fkey foreign key (workspace_id, contact_id)
    references crm.contacts (workspace_id, id) on delete set null (contact_id),
  constraint meetings_company_id_fkey foreign key (workspace_id, company_id)
    references crm.companies (workspace_id, id) on delete set null (company_id)
);

create index meetings_start_time_idx on crm.meetings (workspace_id, start_time, id);
create index meetings_created_at_idx on crm.meetings (workspace_id, created_at, id);
create index meetings_status_idx on crm.meetings (workspace_id, status, start_time, id);
create index meetings_user_id_idx on crm.meetings (workspace_id, user_id, start_time, id);
create index meetings_lead_id_idx on crm.meetings (workspace_id, lead_id, start_time, id);
create index meetings_contact_id_idx on crm.meetings (workspace_id, contact_id, start_time, id);
create index meetings_company_id_idx on crm.meetings (workspace_id, company_id, start_time, id);
call app.make_tenant_table('meetings');
call app.count_by('meetings', '{status}');
-- A Rep sees the own ones, and those of leads that they see.
call app.show_where('meetings', $$user_id = (select app.claimed_actor()) or lead_id is not null and exists (
    select from crm.leads l where l.workspace_id = meetings.workspace_id and l.id = meetings.lead_id)$$);
call app.record_events('meetings');
create policy visible_meetings on crm.events as restrictive to lumenbase_api
  using ((select app.sees_all()) or resource <> 'meetings' or exists (
    select from crm.meetings m where m.workspace_id = events.workspace_id and m.id = events.record_id));

-- What was said in a meeting: [{"speaker", "text", "start"}], apart from it as its events tell all of its columns.
create table crm.meeting_transcripts (
  workspace_id uuid not null default app.workspace_id() references crm.workspaces (id) on delete cascade,
  id uuid not null default app.uuid_v7(),
  meeting_id uuid not null,
  entries jsonb not null check (jsonb_typeof(entries) = 'array'),
  created_at timestamptz not null default now(),
  primary key (workspace_id, id),
  constraint meeting_transcripts_meeting_id_key unique (workspace_id, meeting_id),
  constraint meeting_transcripts_meeting_id_fkey foreign key (workspace_id, meeting_id)
    references crm.meetings (workspace_id, id) on delete cascade
);

call app.make_tenant_table('meeting_transcripts');
call app.show_where('meeting_transcripts', $$exists (
    select from crm.meetings m
    where m.workspace_id = meeting_transcripts.workspace_id and m.id = meeting_transcripts.meeting_id)$$);

-- What else a user has in their calendar here.
create table crm.calendar_events (
  workspace_id uuid not null default app.workspace_id() references crm.workspaces (id) on delete cascade,
  id uuid not null default app.uuid_v7(),
  number bigint not null generated always as identity,
  user_id uuid not null default app.acting_user(),
  title text not null,
  description text,
  location text,
  start_time timestamptz not null,
  end_time timestamptz not null,
  -- Set of one of whole days of its time zone.
  all_day boolean not null default false,
  timezone text not null default 'UTC',
  -- As those of a meeting.
  attendees jsonb not null default '[]' check (jsonb_typeof(attendees) = 'array'),
  -- Whether nothing is to be booked over it.
  busy boolean not null default true,
  created_at timestamptz not null default now(),
  primary key (workspace_id, id),
  unique (workspace_id, number),
  check (end_time > start_time),
  constraint calendar_events_user_id_fkey foreign key (workspace_id, user_id)
    references crm.users (workspace_id, id) on delete cascade
);

create index calendar_events_user_id_idx on crm.calendar_events (workspace_id, user_id, end_time, start_time);
call app.make_tenant_table('calendar_events');
call app.show_where('calendar_events', 'user_id = (select app.claimed_actor())');

revoke execute on all routines in schema app from public;
grant execute on function app.busy_range(timestamptz, timestamptz, integer, integer) to lumenbase_api;
