-- Files as LIO knows them: documents of leads, files that users store, images of leads and companies.

-- The bytes of a file, for what writes its address into an answer: JSON that no value of a record is, as a text
-- has no bare quotes and jsonb no tab between its tokens.
create function app.file_link(p_bytes uuid) returns json
language sql immutable strict parallel safe
set search_path = ''
as $$ select ('{"file":' || chr(9) || '"' || p_bytes || '"}')::json $$;

create table crm.documents (
  workspace_id uuid not null default app.workspace_id() references crm.workspaces (id) on delete cascade,
  id uuid not null default app.uuid_v7(),
  number bigint not null generated always as identity,
  lead_id uuid not null,
  bytes_id uuid not null,
  file_name text not null,
  mime_type text not null,
  size bigint not null,
  document_type text,
  description text,
  user_id uuid default app.acting_user(),
  created_at timestamptz not null default now(),
  primary key (workspace_id, id),
  unique (workspace_id, number),
  constraint documents_lead_id_fkey foreign key (workspace_id, lead_id)
    references crm.leads (workspace_id, id) on delete cascade,
  constraint documents_bytes_id_fkey foreign key (workspace_id, bytes_id)
    references crm.stored_bytes (workspace_id, id) on delete cascade,
  constraint documents_user_id_fkey foreign key (workspace_id, user_id)
    references crm.users (workspace_id, id) on delete set null (user_id)
);

create index documents_lead_id_idx on crm.documents (workspace_id, lead_id, number);
create index documents_bytes_id_idx on crm.documents (workspace_id, bytes_id);
create index documents_user_id_idx on crm.documents (workspace_id, user_id);
call app.make_tenant_table('documents');
call app.show_by_lead('documents');
call app.record_events('documents');
call app.has_bytes('documents');

create table crm.files (
  workspace_id uuid not null default app.workspace_id() references crm.workspaces (id) on delete cascade,
  id uuid not null default app.uuid_v7(),
  number bigint not null generated always as identity,
  bytes_id uuid not null,
  file_name text not null,
  mime_type text not null,
  size bigint not null,
  user_id uuid default app.acting_user(),
  created_at timestamptz not null default now(),
  primary key (workspace_id, id),
  unique (workspace_id, number),
  constraint files_bytes_id_fkey foreign key (workspace_id, bytes_id)
    references crm.stored_bytes (workspace_id, id) on delete cascade,
  constraint files_user_id_fkey foreign key (workspace_id, user_id)
    references crm.users (workspace_id, id) on delete set null (user_id)
);

create index files_bytes_id_idx on crm.files (workspace_id, bytes_id);
create index files_user_id_idx on crm.files (workspace_id, user_id);
call app.make_tenant_table('files');
call app.has_bytes('files');

-- A lead's picture, or a company's logo: whoever sets one holds the record, so that each has one at most.
create table crm.images (
  workspace_id uuid not null default app.workspace_id() references crm.workspaces (id) on delete cascade,
  id uuid not null default app.uuid_v7(),
  lead_id uuid,
  company_id uuid,
  bytes_id uuid not null,
  created_at timestamptz not null default now(),
  primary key (workspace_id, id),
  constraint images_lead_id_fkey foreign key (workspace_id, lead_id)
    references crm.leads (workspace_id, id) on delete cascade,
  constraint images_company_id_fkey foreign key (workspace_id, company_id)
    references crm.companies (workspace_id, id) on delete cascade,
  constraint images_bytes_id_fkey foreign key (workspace_id, bytes_id)
    references crm.stored_bytes (workspace_id, id) on delete cascade
);

create index images_lead_id_idx on crm.images (workspace_id, lead_id);
create index images_company_id_idx on crm.images (workspace_id, company_id);
create index images_bytes_id_idx on crm.images (workspace_id, bytes_id);
call app.make_tenant_table('images');
call app.show_by_lead('images');
call app.has_bytes('images');

-- Keeps bytes under the name and type of a file {"file_name", "mime_type"}; answers their size.
create function app.keep_file(p_bytes uuid, p_file jsonb, p_lead uuid) returns bigint
language plpgsql volatile
set search_path = ''
as $$
declare
  v_size constant bigint := app.keep_bytes(p_bytes, p_lead, p_file ->> 'file_name', p_file ->> 'mime_type');
begin
  if v_size is null then
    raise exception 'the bytes of a file are gone' using errcode = 'no_data_found';
  end if;
  return v_size;
end
$$;

-- Makes a document {"file_name", "mime_type", "document_type", "description"} of the lead with a number, and answers
-- its id. Raises LB080 when there is no such lead.
create function app.add_document(p_lead bigint, p_bytes uuid, p_fields jsonb) returns uuid
language plpgsql volatile
set search_path = ''
as $$
declare
  v_lead constant crm.leads := app.touch_lead(p_lead);
  v_id constant uuid := app.uuid_v7();
begin
  insert into crm.documents (id, lead_id, bytes_id, file_name, mime_type, size, document_type, description)
    values (v_id, v_lead.id, p_bytes, p_fields ->> 'file_name', p_fields ->> 'mime_type',
      app.keep_file(p_bytes, p_fields, v_lead.id), p_fields ->> 'document_type', p_fields ->> 'description');
  return v_id;
end
$$;

-- Makes a stored file {"file_name", "mime_type"}, and answers its id.
create function app.add_file(p_bytes uuid, p_fields jsonb) returns uuid
language plpgsql volatile
set search_path = ''
as $$
declare
  v_id constant uuid := app.uuid_v7();
begin
  insert into crm.files (id, bytes_id, file_name, mime_type, size)
    values (v_id, p_bytes, p_fields ->> 'file_name', p_fields ->> 'mime_type',
      app.keep_file(p_bytes, p_fields, null));
  return v_id;
end
$$;

-- Gives the lead with a number a picture {"file_name", "mime_type"}, in place of the one that it has, and answers the
-- lead's id; nothing when there is no such lead.
create function app.set_lead_image(p_lead bigint, p_bytes uuid, p_fields jsonb) returns setof uuid
language plpgsql volatile
set search_path = ''
as $$
declare
  v_lead uuid;
begin
  update crm.leads l set updated_at = now()
    where l.workspace_id = app.workspace_id() and l.number = p_lead
    returning l.id into v_lead;
  if v_lead is null then
    return;
  end if;
  delete from crm.images i where i.workspace_id = app.workspace_id() and i.lead_id = v_lead;
  perform app.keep_file(p_bytes, p_fields, v_lead);
  insert into crm.images (lead_id, bytes_id) values (v_lead, p_bytes);
  return next v_lead;
end
$$;

-- Gives a company a logo {"file_name", "mime_type"}, in place of the one that it has; without bytes it has none any more.
-- Of no company, it does nothing.
create function app.set_company_logo(p_company uuid, p_bytes uuid, p_fields jsonb) returns void
language plpgsql volatile
set search_path = ''
as $$
begin
  if p_company is null then
    return;
  end if;
  perform from crm.companies c where c.workspace_id = app.workspace_id() and c.id = p_company for update;
  delete from crm.images i where i.workspace_id = app.workspace_id() and i.company_id = p_company;
  if p_bytes is not null then
    perform app.keep_file(p_bytes, p_fields, null);
    insert into crm.images (company_id, bytes_id) values (p_company, p_bytes);
  elsif not found then
    return;
  end if;
  -- What made or changed the company has told its time already.
  update crm.companies c set updated_at = now()
    where c.workspace_id = app.workspace_id() and c.id = p_company and c.updated_at < now();
end
$$;

revoke execute on all routines in schema app from public;
grant execute on function app.file_link(uuid), app.keep_file(uuid, jsonb, uuid),
  app.add_document(bigint, uuid, jsonb), app.add_file(uuid, jsonb), app.set_lead_image(bigint, uuid, jsonb),
  app.set_company_logo(uuid, uuid, jsonb) to lumenbase_api;
