-- Imports: leads made of the rows of a file by jobs of the kind leads.import, batch by batch: each in one
-- transaction with how far the import is.

create table crm.import_jobs (
  workspace_id uuid not null default app.workspace_id() references crm.workspaces (id) on delete cascade,
  id uuid not null default app.uuid_v7(),
  number bigint not null generated always as identity,
  type text collate "C" not null check (type in ('lead_import', 'hubspot_import', 'enrichment', 'ai_email')),
  created_by uuid,
  file_name text,
  -- What becomes of a row, and which field each column is.
  options jsonb not null default '{}' check (jsonb_typeof(options) = 'object'),
  status text collate "C" not null default 'pending'
    check (status in ('pending', 'processing', 'completed', 'failed')),
  total_rows integer not null default 0,
  processed_rows integer not null default 0,
  created_rows integer not null default 0,
  updated_rows integer not null default 0,
  skipped_rows integer not null default 0,
  failed_rows integer not null default 0,
  -- The first thousand: {"row", "field", "message"}.
  errors jsonb not null default '[]' check (jsonb_typeof(errors) = 'array'),
  -- The rows as JSON, one a line, until all were processed.
  bytes_id uuid,
  -- While the day's new contacts are used up: when the next day begins.
  waits_until timestamptz,
  created_at timestamptz not null default now(),
  started_at timestamptz,
  finished_at timestamptz,
  primary key (workspace_id, id),
  unique (workspace_id, number),
  constraint import_jobs_created_by_fkey foreign key (workspace_id, created_by)
    references crm.users (workspace_id, id) on delete set null (created_by),
  constraint import_jobs_bytes_id_fkey foreign key (workspace_id, bytes_id)
    references crm.stored_bytes (workspace_id, id) on delete cascade
);

create index import_jobs_type_idx on crm.import_jobs (workspace_id, type, number);
create index import_jobs_created_at_idx on crm.import_jobs (workspace_id, created_at, id);
create index import_jobs_created_by_idx on crm.import_jobs (workspace_id, created_by);
create index import_jobs_bytes_id_idx on crm.import_jobs (workspace_id, bytes_id);
call app.make_tenant_table('import_jobs');
call app.has_bytes('import_jobs');

-- Lets nobody else make leads with the emails and profiles of rows before the transaction ends. Whoever makes as many
-- locks what they are known by first, in one order.
create function app.hold_identities(p_rows jsonb) returns void
language plpgsql volatile
set search_path = ''
as $$
begin
  perform pg_advisory_xact_lock_shared(hashtextextended('crm.daily_usage ' || app.workspace_id(), 0));
  perform app.hold_identity(email, null) from (
    select distinct given ->> 'email' as email from jsonb_array_elements(p_rows) given order by 1) known;
  perform app.hold_identity(null, profile) from (
    select distinct on (app.linkedin_key(given ->> 'linkedin_url')) given ->> 'linkedin_url' as profile
    from jsonb_array_elements(p_rows) given
    order by app.linkedin_key(given ->> 'linkedin_url')) known;
end
$$;

-- What is known of each row's lead, in their order: it is there, it may be that of a row before it, or it is new. With
-- p_again it is new although it is there.
create function app.known_rows(p_rows jsonb, p_again boolean) returns text[]
language sql volatile
set search_path = ''
as $$
  select array_agg(case
      when given ? 'company_id' or email is not null and of_email > 1 or profile is not null and of_profile > 1
        then 'before'
      when not p_again and app.other_lead(email, profile, null) is not null then 'there'
      else 'new' end order by place)
  from (
    select given, place, email, profile, row_number() over (partition by email order by place) as of_email,
      row_number() over (partition by profile order by place) as of_profile
    from (
      select given, place, given ->> 'email' as email, app.linkedin_key(given ->> 'linkedin_url') as profile
      from jsonb_array_elements(p_rows) with ordinality one (given, place)) its) counted
$$;

-- Makes leads of rows as app.capture_lead does, each for itself: answers what became of each, in their order, and of
-- one that failed what was raised. Ends before a row for which the day's contacts do not suffice. New ones that follow
-- each other are made at once; where one of those fails, fewer are.
create function app.import_leads(p_rows jsonb, p_existing text)
returns table (outcome text, code text, message text, rule text)
language plpgsql volatile
set search_path = ''
as $$
declare
  v_rows constant jsonb[] := array(select jsonb_strip_nulls(given) from jsonb_array_elements(p_rows) given);
  v_known text[];
  -- Near the day's limit each is counted, so that the last for which it suffices is made.
  v_limit constant integer := case when app.quota_is_ample(cardinality(v_rows)) then cardinality(v_rows) else 1 end;
  v_most integer := v_limit;
  v_at integer := 1;
  v_end integer;
  v_existing bigint;
begin
  perform app.hold_identities(p_rows);
  v_known := app.known_rows(to_jsonb(v_rows), p_existing = 'duplicate');
  while v_at <= cardinality(v_rows) loop
    v_end := v_at;
    while v_end < v_at + v_most and v_known[v_end] = 'new' loop
      v_end := v_end + 1;
    end loop;
    code := null;
    message := null;
    rule := null;
    outcome := 'created';
    if v_end - v_at > 1 then
      begin
        perform app.capture_new_leads(to_jsonb(v_rows[v_at:v_end - 1]));
      exception when sqlstate 'LB012' or sqlstate 'LB080' or data_exception or integrity_constraint_violation
        or program_limit_exceeded
      then
        v_most := (v_end - v_at) / 2;
        continue;
      end;
    elsif v_known[v_at] = 'there' and p_existing = 'refuse' then
      outcome := 'skipped';
    else
      begin
        v_existing := (app.capture_lead(v_rows[v_at], p_existing)).existing;
        outcome := case when p_existing = 'merge' and v_existing is not null then 'updated' else 'created' end;
      exception
        when sqlstate 'LB002' then
          exit;
        when sqlstate 'LB081' then
          outcome := 'skipped';
        when sqlstate 'LB012' or sqlstate 'LB013' or sqlstate 'LB080' or data_exception
          or integrity_constraint_violation or program_limit_exceeded
        then
          outcome := 'failed';
          get stacked diagnostics code = returned_sqlstate, message = message_text, rule = constraint_name;
      end;
    end if;
    for v_place in v_at .. greatest(v_at, v_end - 1) loop
      return next;
    end loop;
    v_at := greatest(v_at, v_end - 1) + 1;
    v_most := least(v_most * 2, v_limit);
  end loop;
end
$$;

-- Tells who began an import that it is finished, well or not.
create function app.tell_of_import() returns trigger
language plpgsql security definer
set search_path = ''
as $$
begin
  insert into crm.notifications (workspace_id, user_id, type, title, subject_type, subject_id)
    values (new.workspace_id, new.created_by, 'import_finished', case new.type
        when 'ai_email' then 'Drafting emails'
        when 'enrichment' then 'The enrichment of ' || coalesce(new.options ->> 'group_id', new.total_rows || ' leads')
        else 'The import of ' || coalesce(new.file_name, 'leads') end
      || case new.status when 'completed' then ' is finished' else ' failed' end, 'import_job', new.number);
  return null;
end
$$;

create trigger tell_of_import after update of status on crm.import_jobs
  for each row when (new.status in ('completed', 'failed') and old.status <> new.status
    and new.created_by is not null)
  execute function app.tell_of_import();

-- An import whose job was given up has failed.
create function app.fail_import() returns trigger
language plpgsql security definer
set search_path = ''
as $$
begin
  update crm.import_jobs i set status = 'failed', finished_at = now(), bytes_id = null, waits_until = null
    where i.workspace_id = new.workspace_id and i.id = (new.payload ->> 'import_id')::uuid
      and i.status in ('pending', 'processing');
  return null;
end
$$;

create trigger fail_import after update of status on crm.jobs
  for each row when (new.status = 'dead' and new.kind = 'leads.import')
  execute function app.fail_import();

-- The rows of an import that is finished are of no use any more.
create function app.forget_imported_rows() returns trigger
language plpgsql security definer
set search_path = ''
as $$
begin
  delete from crm.stored_bytes b where b.workspace_id = old.workspace_id and b.id = old.bytes_id;
  return null;
end
$$;

create trigger forget_imported_rows after update of bytes_id on crm.import_jobs
  for each row when (new.bytes_id is null and old.bytes_id is not null)
  execute function app.forget_imported_rows();

revoke execute on all routines in schema app from public;
grant execute on function app.hold_identities(jsonb), app.known_rows(jsonb, boolean),
  app.import_leads(jsonb, text) to lumenbase_api;
