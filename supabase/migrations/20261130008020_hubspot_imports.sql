-- Imports of HubSpot's contacts, page by page: each by jobs of the kind hubspot.import, in one transaction with where
-- the next one begins.

create table crm.hubspot_imports (
  workspace_id uuid not null default app.workspace_id() references crm.workspaces (id) on delete cascade,
  -- That of the import's job.
  id uuid not null,
  -- {"lead", "company"}: which field each property is.
  mapping jsonb not null check (jsonb_typeof(mapping) = 'object'),
  created_from timestamptz,
  created_to timestamptz,
  most integer not null check (most between 1 and 100000),
  -- HubSpot's cursor, and the contact behind which it counts.
  after text collate "C",
  behind text collate "C",
  -- Contacts of the page at the cursor that are done, where the day's contacts did not suffice for all.
  done_ids text[] collate "C" not null default '{}',
  primary key (workspace_id, id),
  constraint hubspot_imports_id_fkey foreign key (workspace_id, id)
    references crm.import_jobs (workspace_id, id) on delete cascade
);

call app.make_tenant_table('hubspot_imports', 'select, insert, update');

-- Makes an import {"created_by", "mapping", "created_from", "created_to", "most"}, and answers its id.
create function app.begin_hubspot_import(p_import jsonb) returns uuid
language plpgsql volatile
set search_path = ''
as $$
declare
  v_given constant crm.hubspot_imports := jsonb_populate_record(null::crm.hubspot_imports, p_import);
  v_id uuid;
begin
  insert into crm.import_jobs (type, created_by)
    values ('hubspot_import', (p_import ->> 'created_by')::uuid) returning id into v_id;
  insert into crm.hubspot_imports (id, mapping, created_from, created_to, most)
    values (v_id, v_given.mapping, v_given.created_from, v_given.created_to, v_given.most);
  return v_id;
end
$$;

create trigger fail_hubspot_import after update of status on crm.jobs
  for each row when (new.status = 'dead' and new.kind = 'hubspot.import')
  execute function app.fail_import();

-- An import with what is wrong by the contacts of HubSpot.
create view crm.hubspot_imports_with_jobs with (security_invoker = true) as
  select i.workspace_id, i.id, i.number, i.status, i.total_rows, i.processed_rows, i.created_rows, i.updated_rows,
    i.skipped_rows, i.failed_rows, i.created_at, i.finished_at, (
      select coalesce(jsonb_agg(jsonb_build_object('hubspot_id', one -> 'hubspot_id',
        'message', concat_ws(': ', one ->> 'field', one ->> 'message')) order by place), '[]')
      from jsonb_array_elements(i.errors) with ordinality error (one, place)) as errors
  from crm.import_jobs i
  where i.type = 'hubspot_import';

grant select on crm.hubspot_imports_with_jobs to lumenbase_api;

revoke execute on all routines in schema app from public;
grant execute on function app.begin_hubspot_import(jsonb) to lumenbase_api;
