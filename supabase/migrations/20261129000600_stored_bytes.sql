-- The bytes of files: of what was uploaded, and of what jobs write. They are here, in pieces, or in a bucket of
-- Supabase Storage, at the path <workspace>/<id>. A table whose records have bytes refers to them by bytes_id
-- ("on delete cascade") and has `call app.has_bytes('table')`: they go when their record does.

create table crm.stored_bytes (
  workspace_id uuid not null default app.workspace_id() references crm.workspaces (id) on delete cascade,
  id uuid not null default app.uuid_v7(),
  -- Null: they are in crm.stored_pieces.
  bucket text collate "C",
  -- Null while they are being written.
  size bigint check (size >= 0),
  -- Whether a record has them: others are removed after a day.
  is_kept boolean not null default false,
  -- How they are downloaded.
  file_name text,
  mime_type text,
  -- The lead that they are of, and are seen with.
  lead_id uuid,
  created_at timestamptz not null default now(),
  primary key (workspace_id, id),
  check (size is not null or not is_kept),
  constraint stored_bytes_lead_id_fkey foreign key (workspace_id, lead_id)
    references crm.leads (workspace_id, id) on delete cascade
);

create index stored_bytes_lead_id_idx on crm.stored_bytes (workspace_id, lead_id);
create index stored_bytes_loose_idx on crm.stored_bytes (created_at) where not is_kept;
call app.make_tenant_table('stored_bytes');
call app.show_by_lead('stored_bytes');

create table crm.stored_pieces (
  workspace_id uuid not null default app.workspace_id(),
  bytes_id uuid not null,
  position integer not null check (position >= 0),
  piece bytea not null check (octet_length(piece) between 1 and 1048576),
  primary key (workspace_id, bytes_id, position),
  constraint stored_pieces_bytes_id_fkey foreign key (workspace_id, bytes_id)
    references crm.stored_bytes (workspace_id, id) on delete cascade
);

alter table crm.stored_pieces enable row level security, force row level security;
create policy tenant on crm.stored_pieces using (workspace_id = (select app.workspace_id()))
  with check (workspace_id = (select app.workspace_id()));
create policy owner on crm.stored_pieces to current_user using (true) with check (true);
create policy visible on crm.stored_pieces as restrictive to lumenbase_api
  using ((select app.sees_all()) or exists (
    select from crm.stored_bytes b where b.workspace_id = stored_pieces.workspace_id and b.id = bytes_id));
grant select, insert on crm.stored_pieces to lumenbase_api;

-- Has what is in a bucket removed from there, by jobs of the kind files.remove.
create function app.remove_from_bucket() returns trigger
language plpgsql security definer
set search_path = ''
as $$
begin
  insert into crm.jobs (workspace_id, kind, payload)
    select workspace_id, 'files.remove', jsonb_build_object('bucket', bucket, 'ids', jsonb_agg(id order by id))
    from (
      select g.workspace_id, g.bucket, g.id,
        (row_number() over (partition by g.workspace_id, g.bucket order by g.id) - 1) / 500 as batch
      from gone g join crm.workspaces w on w.id = g.workspace_id
      where g.bucket is not null) of_batch
    group by workspace_id, bucket, batch;
  return null;
end
$$;

create trigger remove_from_bucket after delete on crm.stored_bytes
  referencing old table as gone for each statement execute function app.remove_from_bucket();

-- Removes the bytes of records that are gone.
create function app.forget_bytes() returns trigger
language plpgsql security definer
set search_path = ''
as $$
begin
  delete from crm.stored_bytes b using gone
    where b.workspace_id = gone.workspace_id and b.id = gone.bytes_id;
  return null;
end
$$;

-- Lets a table of the schema crm have bytes, by its column bytes_id.
create procedure app.has_bytes(p_table text)
language plpgsql
set search_path = ''
as $$
begin
  execute format('create trigger forget_bytes after delete on crm.%I
    referencing old table as gone for each statement execute function app.forget_bytes()', p_table);
end
$$;

-- Keeps bytes for a record that is written in the same transaction, which may be of a lead and downloaded under a
-- name and type; answers their size. Null when there are none, or not all, or another record has them.
create function app.keep_bytes(
  p_id uuid, p_lead uuid default null, p_name text default null, p_type text default null
) returns bigint
language sql volatile
set search_path = ''
as $$
  update crm.stored_bytes b set is_kept = true, lead_id = p_lead, file_name = p_name, mime_type = p_type
    where b.workspace_id = app.workspace_id() and b.id = p_id and not b.is_kept and b.size is not null
    returning b.size
$$;

-- Removes bytes that no record has had for a day: whoever wrote them was killed.
create function app.forget_loose_bytes() returns void
language sql volatile security definer
set search_path = ''
as $$
  delete from crm.stored_bytes where (workspace_id, id) in (
    select b.workspace_id, b.id from crm.stored_bytes b
    where not b.is_kept and b.created_at < now() - interval '1 day'
    order by b.created_at limit 1000 for update skip locked)
$$;

insert into crm.schedules (name, function, seconds) values ('files.forget', 'app.forget_loose_bytes()', 600);

revoke execute on all routines in schema app from public;
grant execute on function app.keep_bytes(uuid, uuid, text, text) to lumenbase_api;
