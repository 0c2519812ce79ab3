-- Companies (spec: Companies).

-- A company's name as names are compared: without regard to case, to how apostrophes are written, to
-- blanks, and with & as "and".
create function app.company_key(p_name text) returns text
language plpgsql immutable parallel safe
set search_path = ''
as $$
begin
  return btrim(regexp_replace(replace(translate(
    normalize(lower(p_name collate "und-x-icu"), nfkc), '’‘ʼ′`', repeat('''', 5)),
    '&', ' and '), '\s+', ' ', 'g'));
end
$$;

grant execute on function app.company_key(text) to lumenbase_api;

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
  name_key text collate "C" not null generated always as (app.company_key(name)) stored,
  domain_key text collate "C" not null generated always as (coalesce(domain, '')) stored,
  search_text text collate "und-x-icu" not null generated always as (
    app.searched(name || ' ' || coalesce(domain, ''))) stored,
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
  'The name as names are compared. Compared instead of app.company_key(name), which is not leakproof and so could not use an index under row-level security.';
