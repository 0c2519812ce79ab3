-- Files here or in another service that are attached to records.

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
grant execute on function app.file_category(text, text), app.attach_file(text, bigint, jsonb) to lumenbase_api;
