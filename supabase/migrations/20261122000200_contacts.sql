-- Contacts (spec: Contacts).

-- A phone number as numbers are compared: its digits, with the plus of an international one, and x before
-- an extension. Which of them are one number in a country, whoever looks for it tells.
create function app.phone_key(p_phone text) returns text
language plpgsql immutable parallel safe
set search_path = ''
as $$
begin
  return translate(p_phone, 'X' || translate(p_phone, '+0123456789xX', ''), 'x');
end
$$;

grant execute on function app.phone_key(text) to lumenbase_api;

create table crm.contacts (
  workspace_id uuid not null default app.workspace_id() references crm.workspaces (id) on delete cascade,
  id uuid not null default app.uuid_v7(),
  number bigint not null generated always as identity,
  first_name text collate "und-x-icu",
  last_name text collate "und-x-icu",
  email text collate "C" check (email = lower(email)),
  phone text,
  title text,
  company_id uuid,
  source text,
  status text not null default 'active',
  -- Whether the person wants no mail.
  unsubscribed boolean not null default false,
  signal_strength double precision check (signal_strength between 0 and 100),
  -- Who made the contact, in LIO.
  owner_id uuid,
  -- As given; where they are null, the title tells.
  seniority text check (seniority in ('c_level', 'vp', 'director', 'manager', 'other')),
  decision_maker text check (decision_maker in ('yes', 'no', 'unknown')),
  linkedin_url text,
  lead_score smallint not null default 0 check (lead_score between 0 and 100),
  first_name_key text collate "und-x-icu" not null generated always as (
    coalesce(first_name, '') || E'\t' || coalesce(last_name, '')) stored,
  last_name_key text collate "und-x-icu" not null generated always as (
    coalesce(last_name, '') || E'\t' || coalesce(first_name, '')) stored,
  phone_key text collate "C" generated always as (app.phone_key(phone)) stored,
  email_key text collate "C" not null generated always as (coalesce(email, '')) stored,
  search_text text collate "und-x-icu" not null generated always as (
    app.searched(translate(coalesce(phone, ''), translate(coalesce(phone, ''), '0123456789', ''), '') || E'\x1f'
      || coalesce(first_name, '') || ' ' || coalesce(last_name, '') || ' ' || coalesce(email, ''))) stored,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  primary key (workspace_id, id),
  unique (workspace_id, number),
  constraint contacts_email_key unique (workspace_id, email),
  constraint contacts_company_id_fkey foreign key (workspace_id, company_id)
    references crm.companies (workspace_id, id) on delete set null (company_id),
  constraint contacts_owner_id_fkey foreign key (workspace_id, owner_id)
    references crm.users (workspace_id, id) on delete set null (owner_id)
);

create index contacts_created_at_idx on crm.contacts (workspace_id, created_at, id);
create index contacts_updated_at_idx on crm.contacts (workspace_id, updated_at, id);
create index contacts_first_name_idx on crm.contacts (workspace_id, first_name_key, id);
create index contacts_last_name_idx on crm.contacts (workspace_id, last_name_key, id);
create index contacts_email_idx on crm.contacts (workspace_id, email_key, id);
create index contacts_company_id_idx on crm.contacts (workspace_id, company_id, created_at, id);
create index contacts_status_idx on crm.contacts (workspace_id, status, created_at, id);
create index contacts_owner_id_idx on crm.contacts (workspace_id, owner_id);
create index contacts_phone_idx on crm.contacts (workspace_id, phone_key, id);
call app.make_tenant_table('contacts');
call app.count_by('contacts', '{status}');
call app.make_searchable('contacts', p_phone => true);

comment on column crm.contacts.last_name_key is
  'Who has the same last name is sorted by the first. A tab sorts before all that names hold.';
comment on column crm.contacts.first_name_key is
  'What lists sort by: never null, so a page continues by one comparison that an index answers. coalesce() in the query itself would not do under row-level security.';
