-- Leads: people in a pipeline, as LeadHub and LIO know them.

-- What intake finds a lead by: the digits of its phone, whether or not a plus was typed before them.
create function app.phone_digits(p_phone text) returns text
language plpgsql immutable parallel safe
set search_path = ''
as $$
begin
  return nullif(ltrim(app.phone_key(p_phone), '+'), '');
end
$$;

grant execute on function app.phone_digits(text) to lumenbase_api;

-- A profile's address as addresses of LinkedIn are compared: without scheme, www., query, trailing slash
-- and case.
create function app.linkedin_key(p_url text) returns text
language plpgsql immutable parallel safe
set search_path = ''
as $$
begin
  return rtrim(lower(regexp_replace(p_url, '^(https?://)?(www\.)?|[?#].*$', '', 'gi')), '/');
end
$$;

grant execute on function app.linkedin_key(text) to lumenbase_api;

create table crm.leads (
  workspace_id uuid not null default app.workspace_id() references crm.workspaces (id) on delete cascade,
  id uuid not null default app.uuid_v7(),
  number bigint not null generated always as identity,
  contact_id uuid,
  company_id uuid,
  pipeline_id uuid not null,
  stage_id uuid,
  assigned_to uuid,
  first_name text collate "und-x-icu",
  last_name text collate "und-x-icu",
  email text collate "C" check (email = lower(email)),
  phone text,
  source text,
  status text not null default 'new',
  notes text,
  custom_fields jsonb not null default '{}' check (jsonb_typeof(custom_fields) = 'object'),
  starred boolean not null default false,
  score integer not null default 0 check (score between 0 and 100),
  job_title text,
  industry text,
  website text,
  address text,
  city text,
  state text,
  country text,
  pin_code text,
  linkedin_url text,
  priority smallint not null default 2 check (priority between 1 and 4),
  estimated_value numeric check (estimated_value >= 0),
  -- What is computed of the lead and its signals, and why; score is what people gave it.
  fit_intent_score integer not null default 0 check (fit_intent_score between 0 and 100),
  ai_information jsonb not null default '{}' check (jsonb_typeof(ai_information) = 'object'),
  last_activity_at timestamptz,
  first_name_key text collate "und-x-icu" not null generated always as (
    lower(coalesce(first_name, ''))) stored,
  last_name_key text collate "und-x-icu" not null generated always as (
    lower(coalesce(last_name, ''))) stored,
  email_key text collate "C" not null generated always as (coalesce(email, '')) stored,
  linkedin_key text collate "C" generated always as (app.linkedin_key(linkedin_url)) stored,
  city_key text collate "C" generated always as (lower(city collate "und-x-icu")) stored,
  state_key text collate "C" generated always as (lower(state collate "und-x-icu")) stored,
  country_key text collate "C" generated always as (lower(country collate "und-x-icu")) stored,
  estimated_value_key text collate "C" not null generated always as (
    coalesce(lpad(round(estimated_value, 10)::text, 31, '0'), '')) stored,
  last_activity_key timestamptz not null generated always as (
    coalesce(last_activity_at, '-infinity')) stored,
  phone_digits text collate "C" generated always as (app.phone_digits(phone)) stored,
  search_text text collate "und-x-icu" not null generated always as (
    app.searched(translate(coalesce(phone, ''), translate(coalesce(phone, ''), '0123456789', ''), '') || E'\x1f'
      || coalesce(first_name, '') || ' ' || coalesce(last_name, '') || ' ' || coalesce(email, '') || ' '
      || coalesce(phone, ''))) stored,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  primary key (workspace_id, id),
  unique (workspace_id, number),
  constraint leads_custom_fields_count_check check (
    jsonb_array_length(jsonb_path_query_array(custom_fields, '$.keyvalue()')) <= 100),
  constraint leads_contact_id_fkey foreign key (workspace_id, contact_id)
    references crm.contacts (workspace_id, id) on delete set null (contact_id),
  constraint leads_company_id_fkey foreign key (workspace_id, company_id)
    references crm.companies (workspace_id, id) on delete set null (company_id),
  constraint leads_pipeline_id_fkey foreign key (workspace_id, pipeline_id)
    references crm.pipelines (workspace_id, id),
  constraint leads_stage_id_fkey foreign key (workspace_id, stage_id)
    references crm.stages (workspace_id, id) on delete set null (stage_id),
  constraint leads_assigned_to_fkey foreign key (workspace_id, assigned_to)
    references crm.users (workspace_id, id) on delete set null (assigned_to)
);

create index leads_created_at_idx on crm.leads (workspace_id, created_at, id);
create index leads_updated_at_idx on crm.leads (workspace_id, updated_at, id);
create index leads_score_idx on crm.leads (workspace_id, score, id);
create index leads_fit_intent_score_idx on crm.leads (workspace_id, fit_intent_score, id);
create index leads_priority_idx on crm.leads (workspace_id, priority, id);
create index leads_estimated_value_idx on crm.leads (workspace_id, estimated_value_key, id);
create index leads_last_activity_idx on crm.leads (workspace_id, last_activity_key, id);
create index leads_linkedin_idx on crm.leads (workspace_id, linkedin_key, id) where linkedin_key is not null;
create index leads_city_idx on crm.leads (workspace_id, city_key, id) where city_key is not null;
create index leads_state_idx on crm.leads (workspace_id, state_key, id) where state_key is not null;
create index leads_country_idx on crm.leads (workspace_id, country_key, id) where country_key is not null;
create index leads_first_name_idx on crm.leads (workspace_id, first_name_key, id);
create index leads_last_name_idx on crm.leads (workspace_id, last_name_key, id);
create index leads_email_idx on crm.leads (workspace_id, email_key, id);
create index leads_phone_idx on crm.leads (workspace_id, phone_digits, id);
create index leads_source_idx on crm.leads (workspace_id, source, created_at, id);
create index leads_status_idx on crm.leads (workspace_id, status, created_at, id);
create index leads_starred_idx on crm.leads (workspace_id, starred, created_at, id);
create index leads_pipeline_id_idx on crm.leads (workspace_id, pipeline_id, created_at, id);
create index leads_stage_id_idx on crm.leads (workspace_id, stage_id, created_at, id);
create index leads_assigned_to_idx on crm.leads (workspace_id, assigned_to, created_at, id);
create index leads_contact_id_idx on crm.leads (workspace_id, contact_id, created_at, id);
create index leads_company_id_idx on crm.leads (workspace_id, company_id, created_at, id);
-- To be scored is no change that a person made.
call app.make_tenant_table('leads',
  p_unless => $$new.ai_information -> 'scored_at' is distinct from old.ai_information -> 'scored_at'$$);
call app.count_by('leads', '{source, status, starred, pipeline_id, stage_id, assigned_to}');
call app.make_searchable('leads', true);

comment on column crm.leads.first_name_key is
  'What lists sort by: never null, and the same for texts that differ in case alone.';

-- A linked lead shows its contact: these triggers keep first_name, last_name, email and phone equal in
-- the transaction of the change. Whoever changes both locks the contact first, as a contact's change does.

create function app.show_contact() returns trigger
language plpgsql
set search_path = ''
as $$
begin
  if tg_op = 'INSERT' or new.contact_id is distinct from old.contact_id then
    -- The lock keeps the contact from changing unseen until the lead is.
    select c.first_name, c.last_name, c.email, c.phone
      into new.first_name, new.last_name, new.email, new.phone
      from crm.contacts c
      where c.workspace_id = new.workspace_id and c.id = new.contact_id
      for share;
  end if;
  return new;
end
$$;

create function app.change_contact_of_lead() returns trigger
language plpgsql
set search_path = ''
as $$
begin
  update crm.contacts c
    set first_name = new.first_name, last_name = new.last_name, email = new.email, phone = new.phone
    where c.workspace_id = new.workspace_id and c.id = new.contact_id
      and (c.first_name, c.last_name, c.email, c.phone)
        is distinct from (new.first_name, new.last_name, new.email, new.phone);
  return null;
end
$$;

-- Also the leads that the actor does not see.
create function app.change_leads_of_contact() returns trigger
language plpgsql security definer
set search_path = ''
as $$
begin
  update crm.leads l
    set first_name = new.first_name, last_name = new.last_name, email = new.email, phone = new.phone
    where l.workspace_id = new.workspace_id and l.contact_id = new.id
      and (l.first_name, l.last_name, l.email, l.phone)
        is distinct from (new.first_name, new.last_name, new.email, new.phone);
  return null;
end
$$;

create trigger show_contact before insert or update of contact_id on crm.leads
  for each row when (new.contact_id is not null) execute function app.show_contact();
create trigger change_contact after update of first_name, last_name, email, phone on crm.leads
  for each row when (new.contact_id = old.contact_id
    and (new.first_name, new.last_name, new.email, new.phone)
      is distinct from (old.first_name, old.last_name, old.email, old.phone))
  execute function app.change_contact_of_lead();
create trigger change_leads after update of first_name, last_name, email, phone on crm.contacts
  for each row when ((new.first_name, new.last_name, new.email, new.phone)
    is distinct from (old.first_name, old.last_name, old.email, old.phone))
  execute function app.change_leads_of_contact();

revoke execute on all routines in schema app from public;
