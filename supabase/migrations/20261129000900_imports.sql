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

-- Makes leads of rows as app.capture_lead does, each for itself: answers what became of each, in their order, and of
-- one that failed what was raised. Whoever makes as many locks what they are known by first, in one order.
create function app.import_leads(p_rows jsonb, p_existing text)
returns table (outcome text, code text, message text, rule text)
language plpgsql volatile
set search_path = ''
as $$
declare
  v_row jsonb;
  v_existing bigint;
begin
  perform pg_advisory_xact_lock_shared(hashtextextended('crm.daily_usage ' || app.workspace_id(), 0));
  perform app.hold_identity(email, null) from (
    select distinct given ->> 'email' as email from jsonb_array_elements(p_rows) given order by 1) known;
  perform app.hold_identity(null, profile) from (
    select distinct on (app.linkedin_key(given ->> 'linkedin_url')) given ->> 'linkedin_url' as profile
    from jsonb_array_elements(p_rows) given
    order by app.linkedin_key(given ->> 'linkedin_url')) known;
  for v_row in select value from jsonb_array_elements(p_rows) with ordinality order by ordinality loop
    code := null;
    message := null;
    rule := null;
    begin
      v_existing := (app.capture_lead(v_row, p_existing)).existing;
      outcome := case when p_existing = 'merge' and v_existing is not null then 'updated' else 'created' end;
    exception
      when sqlstate 'LB081' then
        outcome := 'skipped';
      when sqlstate 'LB002' or sqlstate 'LB012' or sqlstate 'LB013' or sqlstate 'LB080' or data_exception
        or integrity_constraint_violation or program_limit_exceeded
      then
        outcome := 'failed';
        get stacked diagnostics code = returned_sqlstate, message = message_text, rule = constraint_name;
    end;
    return next;
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
    values (new.workspace_id, new.created_by, 'import_finished', 'The import of ' || coalesce(new.file_name, 'leads')
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
  update crm.import_jobs i set status = 'failed', finished_at = now(), bytes_id = null
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
grant execute on function app.import_leads(jsonb, text) to lumenbase_api;
