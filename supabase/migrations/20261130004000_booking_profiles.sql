-- How users can be booked by visitors: each has a profile, made with them.

create table crm.booking_profiles (
  workspace_id uuid not null default app.workspace_id() references crm.workspaces (id) on delete cascade,
  id uuid not null default app.uuid_v7(),
  user_id uuid not null,
  -- What the address of the page ends in, in any workspace.
  slug text collate "C" not null check (slug ~ '^[a-z0-9-]{3,64}$'),
  enabled boolean not null default false,
  -- Null: made of the user's name.
  title text,
  description text,
  location text,
  meeting_tool text collate "C" not null default 'none'
    check (meeting_tool in ('meet', 'teams', 'zoom', 'custom', 'none')),
  -- Minutes.
  durations integer[] not null default '{30}',
  -- Null: the duration.
  slot_interval integer,
  buffer_before integer not null default 0 check (buffer_before between 0 and 240),
  buffer_after integer not null default 0 check (buffer_after between 0 and 240),
  min_notice_minutes integer not null default 60 check (min_notice_minutes between 0 and 43200),
  max_days_ahead integer not null default 60 check (max_days_ahead between 0 and 730),
  -- Null: the user's.
  timezone text,
  working_hours jsonb not null default jsonb_build_object(
    'mon', '[["09:00", "17:00"]]'::jsonb, 'tue', '[["09:00", "17:00"]]'::jsonb,
    'wed', '[["09:00", "17:00"]]'::jsonb, 'thu', '[["09:00", "17:00"]]'::jsonb,
    'fri', '[["09:00", "17:00"]]'::jsonb, 'sat', '[]'::jsonb, 'sun', '[]'::jsonb),
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  primary key (workspace_id, id),
  unique (workspace_id, user_id),
  constraint booking_profiles_slug_key unique (slug),
  constraint booking_profiles_user_id_fkey foreign key (workspace_id, user_id)
    references crm.users (workspace_id, id) on delete cascade
);

call app.make_tenant_table('booking_profiles', 'select');

-- The profiles with what they have from their user where they have none of their own.
create view crm.bookable_users with (security_invoker = true) as
  select p.workspace_id, p.user_id, p.slug, p.enabled, u.name,
    coalesce(p.title, 'Meeting with ' || u.name) as title, p.description, p.location, p.meeting_tool,
    p.durations, p.slot_interval, p.buffer_before, p.buffer_after, p.min_notice_minutes, p.max_days_ahead,
    coalesce(p.timezone, u.timezone) as timezone, p.working_hours
  from crm.booking_profiles p
  join crm.users u on u.workspace_id = p.workspace_id and u.id = p.user_id;

grant select on crm.bookable_users to lumenbase_api;

-- What a slug is made of: the letters and digits of a name.
create function app.slug_of_name(p_name text) returns text
language sql immutable
set search_path = ''
as $$
  select case when length(slug) < 3 then rtrim('user-' || slug, '-') else slug end
  from btrim(left(btrim(regexp_replace(app.folded(p_name), '[^a-z0-9]+', '-', 'g'), '-'), 48), '-') slug
$$;

-- Gives a user a profile, with a slug of their name; where that is taken, something random follows.
create function app.make_booking_profile() returns trigger
language plpgsql security definer
set search_path = ''
as $$
declare
  v_slug text := app.slug_of_name(new.name);
begin
  loop
    insert into crm.booking_profiles (workspace_id, user_id, slug) values (new.workspace_id, new.id, v_slug)
      on conflict do nothing;
    exit when found;
    v_slug := app.slug_of_name(new.name) || '-' || left(replace(gen_random_uuid()::text, '-', ''), 8);
  end loop;
  return null;
end
$$;

create trigger make_booking_profile after insert on crm.users
  for each row execute function app.make_booking_profile();

-- Changes what is given of how a user can be booked. What they have from themselves and is given as it is shown
-- stays theirs.
create function app.change_booking_profile(p_user uuid, p_given jsonb) returns void
language plpgsql volatile security definer
set search_path = ''
as $$
declare
  v_old crm.booking_profiles;
  v_shown crm.bookable_users;
  v_new crm.booking_profiles;
begin
  select p.* into v_old from crm.booking_profiles p
    where p.workspace_id = app.workspace_id() and p.user_id = p_user for no key update;
  if not found then
    return;
  end if;
  select b.* into v_shown from crm.bookable_users b
    where b.workspace_id = v_old.workspace_id and b.user_id = p_user;
  v_new := jsonb_populate_record(v_old, p_given);
  if v_old.title is null then
    v_new.title := nullif(v_new.title, v_shown.title);
  end if;
  if v_old.timezone is null then
    v_new.timezone := nullif(v_new.timezone, v_shown.timezone);
  end if;
  update crm.booking_profiles p set (slug, enabled, title, description, location, meeting_tool, durations,
      slot_interval, buffer_before, buffer_after, min_notice_minutes, max_days_ahead, timezone, working_hours)
    = row (v_new.slug, v_new.enabled, v_new.title, v_new.description, v_new.location, v_new.meeting_tool,
      v_new.durations, v_new.slot_interval, v_new.buffer_before, v_new.buffer_after,
      v_new.min_notice_minutes, v_new.max_days_ahead, v_new.timezone, v_new.working_hours)
    where p.workspace_id = v_old.workspace_id and p.user_id = p_user and v_new is distinct from v_old;
end
$$;

-- Who is booked at a slug, of whichever workspace; nobody where booking is off, or the user inactive.
create function app.find_bookable_user(p_slug text) returns table (workspace_id uuid, user_id uuid)
language sql stable security definer
set search_path = ''
as $$
  select p.workspace_id, p.user_id from crm.booking_profiles p
  join crm.users u on u.workspace_id = p.workspace_id and u.id = p.user_id
  where p.slug = p_slug collate "C" and p.enabled and u.status <> 'inactive'
$$;

revoke execute on all routines in schema app from public;
grant execute on function app.change_booking_profile(uuid, jsonb), app.find_bookable_user(text)
  to lumenbase_api;
