-- The rest of a company (spec: Companies), and what its lists filter, sort and search by.

alter table crm.companies
  add column industry text,
  add column size text,
  add column website text,
  add column phone text,
  add column city text,
  add column state text,
  add column country text check (country ~ '^[A-Z]{2}$'),
  add column status text not null default 'active',
  add column domain_key text collate "C" not null generated always as (coalesce(domain, '')) stored,
  add column search_text text collate "und-x-icu" not null generated always as (
    lower(name || ' ' || coalesce(domain, '') collate "und-x-icu")) stored;

create index companies_created_at_idx on crm.companies (workspace_id, created_at, id);
create index companies_updated_at_idx on crm.companies (workspace_id, updated_at, id);
create index companies_name_idx on crm.companies (workspace_id, name, id);
create index companies_domain_idx on crm.companies (workspace_id, domain_key, id);
create index companies_industry_idx on crm.companies (workspace_id, industry, created_at, id);
call app.make_searchable('companies');
