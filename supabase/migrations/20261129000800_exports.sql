-- Exports: records written out as CSV by jobs of the kind exports.write, piece by piece, for who asked for them.

create table crm.exports (
  workspace_id uuid not null default app.workspace_id() references crm.workspaces (id) on delete cascade,
  id uuid not null default app.uuid_v7(),
  number bigint not null generated always as identity,
  created_by uuid,
  export_type text collate "C" not null check (export_type in ('leads', 'companies', 'contacts', 'clients')),
  -- Which records, as the list's parameters choose them.
  filters jsonb not null default '{}' check (jsonb_typeof(filters) = 'object'),
  status text collate "C" not null default 'pending'
    check (status in ('pending', 'processing', 'completed', 'failed')),
  -- The custom fields that have a column of their own, as far as was looked for them.
  custom_keys text[] collate "C" not null default '{}',
  -- The number of the last record that was looked at for its custom fields; null when all were.
  looked_at bigint default 0,
  -- The number of the last record that was written.
  written bigint not null default 0,
  row_count integer not null default 0,
  -- What was written: the file, its pieces and their bytes so far.
  bytes_id uuid,
  pieces integer not null default 0,
  size bigint not null default 0,
  created_at timestamptz not null default now(),
  finished_at timestamptz,
  -- When what was written is removed.
  expires_at timestamptz,
  primary key (workspace_id, id),
  unique (workspace_id, number),
  constraint exports_created_by_fkey foreign key (workspace_id, created_by)
    references crm.users (workspace_id, id) on delete set null (created_by),
  constraint exports_bytes_id_fkey foreign key (workspace_id, bytes_id)
    references crm.stored_bytes (workspace_id, id) on delete cascade
);

create index exports_created_by_idx on crm.exports (workspace_id, created_by, number);
create index exports_created_at_idx on crm.exports (workspace_id, created_at, id);
create index exports_expiry_idx on crm.exports (expires_at) where expires_at is not null;
create index exports_bytes_id_idx on crm.exports (workspace_id, bytes_id);
call app.make_tenant_table('exports');
call app.has_bytes('exports');

-- Tells who asked for an export that it is finished, well or not.
create function app.tell_of_export() returns trigger
language plpgsql security definer
set search_path = ''
as $$
begin
  insert into crm.notifications (workspace_id, user_id, type, title, subject_type, subject_id)
    values (new.workspace_id, new.created_by, 'export_finished', 'The export of ' || new.export_type
      || case new.status when 'completed' then ' is ready' else ' failed' end, 'export', new.number);
  return null;
end
$$;

create trigger tell_of_export after update of status on crm.exports
  for each row when (new.status in ('completed', 'failed') and old.status <> new.status
    and new.created_by is not null)
  execute function app.tell_of_export();

-- An export whose job was given up has failed.
create function app.fail_export() returns trigger
language plpgsql security definer
set search_path = ''
as $$
begin
  update crm.exports e
    set status = 'failed', finished_at = now(), expires_at = now() + interval '7 days'
    where e.workspace_id = new.workspace_id and e.id = (new.payload ->> 'export_id')::uuid
      and e.status in ('pending', 'processing');
  return null;
end
$$;

create trigger fail_export after update of status on crm.jobs
  for each row when (new.status = 'dead' and new.kind = 'exports.write')
  execute function app.fail_export();

revoke execute on all routines in schema app from public;
