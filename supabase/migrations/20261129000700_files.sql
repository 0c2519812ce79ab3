-- Files as LIO knows them: documents of leads, files that users store, images of leads and companies, and files
-- here or in another service that are attached to records.

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

create table crm.attachments (
  workspace_id uuid not null default app.workspace_id() references crm.workspaces (id) on delete cascade,
  id uuid not null default app.uuid_v7(),
  number bigint not null generated always as identity,
  lead_id uuid,
  contact_id uuid,
  company_id uuid,
  deal_id uuid,
  subject_id uuid generated always as (coalesce(lead_id, contact_id, company_id, deal_id)) stored,
  provider text collate "C" not null check (
    provider in ('google_drive', 'onedrive', 'sharepoint', 'dropbox', 'box', 'storage')),
  -- What the provider calls it; of one that is stored here the number.
  external_id text collate "C" not null,
  external_id_key text collate "C" not null generated always as (provider || ' ' || external_id) stored,
  file_id uuid,
  file_name text not null,
  mime_type text,
  web_url text,
  category text collate "C" not null check (category in ('image', 'pdf', 'document', 'spreadsheet',
    'presentation', 'audio', 'video', 'archive', 'other')),
  user_id uuid default app.acting_user(),
  created_at timestamptz not null default now(),
  primary key (workspace_id, id),
  unique (workspace_id, number),
  unique (workspace_id, subject_id, external_id_key),
  constraint attachments_lead_id_fkey foreign key (workspace_id, lead_id)
    references crm.leads (workspace_id, id) on delete cascade,
  constraint attachments_contact_id_fkey foreign key (workspace_id, contact_id)
    references crm.contacts (workspace_id, id) on delete cascade,
  constraint attachments_company_id_fkey foreign key (workspace_id, company_id)
    references crm.companies (workspace_id, id) on delete cascade,
  constraint attachments_deal_id_fkey foreign key (workspace_id, deal_id)
    references crm.deals (workspace_id, id) on delete cascade,
  constraint attachments_file_id_fkey foreign key (workspace_id, file_id)
    references crm.files (workspace_id, id) on delete cascade,
  constraint attachments_user_id_fkey foreign key (workspace_id, user_id)
    references crm.users (workspace_id, id) on delete set null (user_id)
);

create index attachments_subject_id_idx on crm.attachments (workspace_id, subject_id, number);
create index attachments_lead_id_idx on crm.attachments (workspace_id, lead_id);
create index attachments_contact_id_idx on crm.attachments (workspace_id, contact_id);
create index attachments_company_id_idx on crm.attachments (workspace_id, company_id);
create index attachments_deal_id_idx on crm.attachments (workspace_id, deal_id);
create index attachments_file_id_idx on crm.attachments (workspace_id, file_id);
create index attachments_user_id_idx on crm.attachments (workspace_id, user_id);
call app.make_tenant_table('attachments');
call app.show_where('attachments', $$(lead_id is null or exists (
    select from crm.leads l where l.workspace_id = attachments.workspace_id and l.id = attachments.lead_id))
  and (deal_id is null or exists (
    select from crm.deals d where d.workspace_id = attachments.workspace_id and d.id = attachments.deal_id))$$);

-- What a file is, by its type, else by its name.
create function app.file_category(p_type text, p_name text) returns text
language sql immutable parallel safe
set search_path = ''
as $$
  select case
    when type ~ '^image/|google-apps\.(photo|drawing)' then 'image'
    when type = 'application/pdf' then 'pdf'
    when type ~ '^audio/|google-apps\.audio' then 'audio'
    when type ~ '^video/|google-apps\.video' then 'video'
    when type ~ 'spreadsheet|ms-excel|^text/(csv|tab-separated-values)' then 'spreadsheet'
    when type ~ 'presentation|ms-powerpoint' then 'presentation'
    when type ~ '^application/(zip|gzip|x-(7z-compressed|bzip2|gzip|rar-compressed|tar|xz|zip-compressed)|vnd\.rar)'
      then 'archive'
    when type ~ 'wordprocessing|msword|opendocument\.text|google-apps\.document|^application/rtf|^text/'
      then 'document'
    when type <> '' and type <> 'application/octet-stream' then 'other'
    when ending in ('png', 'jpg', 'jpeg', 'gif', 'webp', 'svg', 'bmp', 'tif', 'tiff', 'heic', 'avif') then 'image'
    when ending = 'pdf' then 'pdf'
    when ending in ('mp3', 'wav', 'ogg', 'm4a', 'flac', 'aac') then 'audio'
    when ending in ('mp4', 'mov', 'avi', 'mkv', 'webm') then 'video'
    when ending in ('xls', 'xlsx', 'ods', 'csv', 'tsv', 'gsheet') then 'spreadsheet'
    when ending in ('ppt', 'pptx', 'odp', 'key', 'gslides') then 'presentation'
    when ending in ('zip', 'gz', 'tgz', 'tar', '7z', 'rar', 'bz2', 'xz') then 'archive'
    when ending in ('doc', 'docx', 'odt', 'rtf', 'txt', 'md', 'pages', 'gdoc') then 'document'
    else 'other' end
  from (select coalesce(lower(split_part(p_type, ';', 1)), '') as type,
    coalesce(lower(substring(p_name from '\.([^.]+)$')), '') as ending) file
$$;

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

-- Attaches a file {"provider", "external_id", "file_name", "mime_type", "web_url"} to the record of a kind
-- with a number, unless it is attached already; answers its id. Of one that is stored here
-- external_id is its number, and the rest is its own. Raises LB080 when there is no such record, or file.
create function app.attach_file(p_kind text, p_number bigint, p_fields jsonb) returns uuid
language plpgsql volatile
set search_path = ''
as $$
declare
  v_new crm.attachments := jsonb_populate_record(null::crm.attachments, p_fields);
  v_subject uuid;
  v_id uuid := app.uuid_v7();
begin
  v_subject := case p_kind
    when 'lead' then (select r.id from crm.leads r where r.number = p_number)
    when 'contact' then (select r.id from crm.contacts r where r.number = p_number)
    when 'company' then (select r.id from crm.companies r where r.number = p_number)
    when 'deal' then (select r.id from crm.deals r where r.number = p_number) end;
  if v_subject is null then
    raise exception using errcode = 'LB080',
      message = jsonb_build_array(app.mistake('subject_id', format('No %s with this id.', p_kind)));
  end if;
  if v_new.provider = 'storage' then
    select f.id, f.file_name, f.mime_type, null into v_new.file_id, v_new.file_name, v_new.mime_type, v_new.web_url
      from crm.files f where f.number = v_new.external_id::bigint;
    if v_new.file_id is null then
      raise exception using errcode = 'LB080',
        message = jsonb_build_array(app.mistake('file.id', 'No stored file with this id.'));
    end if;
  end if;
  insert into crm.attachments (id, lead_id, contact_id, company_id, deal_id, provider, external_id, file_id,
      file_name, mime_type, web_url, category)
    values (v_id, case p_kind when 'lead' then v_subject end, case p_kind when 'contact' then v_subject end,
      case p_kind when 'company' then v_subject end, case p_kind when 'deal' then v_subject end,
      v_new.provider, v_new.external_id, v_new.file_id, v_new.file_name, v_new.mime_type, v_new.web_url,
      app.file_category(v_new.mime_type, v_new.file_name))
    on conflict (workspace_id, subject_id, external_id_key) do nothing;
  if not found then
    v_id := (select a.id from crm.attachments a where a.subject_id = v_subject
      and a.external_id_key = v_new.provider || ' ' || v_new.external_id);
  end if;
  return v_id;
end
$$;

-- Attached files with what they are attached to.
create view crm.attachments_with_subjects with (security_invoker = true) as
  select a.*, f.bytes_id,
    case when a.lead_id is not null then 'lead' when a.contact_id is not null then 'contact'
      when a.company_id is not null then 'company' else 'deal' end as subject_type,
    coalesce(
      (select l.number from crm.leads l where l.workspace_id = a.workspace_id and l.id = a.lead_id),
      (select c.number from crm.contacts c where c.workspace_id = a.workspace_id and c.id = a.contact_id),
      (select c.number from crm.companies c where c.workspace_id = a.workspace_id and c.id = a.company_id),
      (select d.number from crm.deals d where d.workspace_id = a.workspace_id and d.id = a.deal_id)
    ) as subject_number
  from crm.attachments a
  left join crm.files f on f.workspace_id = a.workspace_id and f.id = a.file_id;

grant select on crm.attachments_with_subjects to lumenbase_api;

revoke execute on all routines in schema app from public;
grant execute on function app.file_link(uuid), app.file_category(text, text), app.keep_file(uuid, jsonb, uuid),
  app.add_document(bigint, uuid, jsonb), app.add_file(uuid, jsonb), app.set_lead_image(bigint, uuid, jsonb),
  app.set_company_logo(uuid, uuid, jsonb),
  app.attach_file(text, bigint, jsonb) to lumenbase_api;
