-- Companies (spec: Companies).

create table crm.companies (
  workspace_id uuid not null default app.workspace_id() references crm.workspaces (id) on delete cascade,
  id uuid not null default app.uuid_v7(),
  number bigint not null generated always as identity,
  name text collate "und-x-icu" not null,
  domain text collate "C" check (domain = lower(domain)),
  industry text,
  size text,
  website text,
  phone text,
  city text,
  state text,
  country text check (country ~ '^[A-Z]{2}$'),
  status text not null default 'active',
  name_key text collate "C" not null generated always as (lower(name)) stored,
  domain_key text collate "C" not null generated always as (coalesce(domain, '')) stored,
  search_text text collate "und-x-icu" not null generated always as (
    lower(name || ' ' || coalesce(domain, '') collate "und-x-icu")) stored,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  primary key (workspace_id, id),
  unique (workspace_id, number),
  constraint companies_domain_key unique (workspace_id, domain)
);

create index companies_name_key_idx on crm.companies (workspace_id, name_key, id);
create index companies_created_at_idx on crm.companies (workspace_id, created_at, id);
create index companies_updated_at_idx on crm.companies (workspace_id, updated_at, id);
create index companies_name_idx on crm.companies (workspace_id, name, id);
create index companies_domain_idx on crm.companies (workspace_id, domain_key, id);
create index companies_industry_idx on crm.companies (workspace_id, industry, created_at, id);
call app.make_tenant_table('companies');
call app.count_by('companies', '{industry}');
call app.make_searchable('companies');

comment on column crm.companies.name_key is
  'The lower-case name. Compared instead of lower(name), which is not leakproof and so could not use an index under row-level security.';
