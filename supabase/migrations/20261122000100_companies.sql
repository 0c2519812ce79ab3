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
  lifecycle text not null generated always as (
    case status when 'inactive' then 'inactive' else 'active' end) stored,
  -- What it is to the workspace, and whose it is.
  relationship text not null default 'prospect'
    check (relationship in ('prospect', 'customer', 'vendor', 'both')),
  owner_id uuid,
  address text,
  contact_email text,
  summary text,
  rating smallint check (rating between 1 and 5),
  rating_key smallint not null generated always as (coalesce(rating, 0)) stored,
  name_key text collate "C" not null generated always as (app.company_key(name)) stored,
  domain_key text collate "C" not null generated always as (coalesce(domain, '')) stored,
  search_text text collate "und-x-icu" not null generated always as (
    app.searched(name || ' ' || coalesce(domain, ''))) stored,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  primary key (workspace_id, id),
  unique (workspace_id, number),
  constraint companies_domain_key unique (workspace_id, domain),
  constraint companies_owner_id_fkey foreign key (workspace_id, owner_id)
    references crm.users (workspace_id, id) on delete set null (owner_id)
);

create index companies_name_key_idx on crm.companies (workspace_id, name_key, id);
create index companies_created_at_idx on crm.companies (workspace_id, created_at, id);
create index companies_updated_at_idx on crm.companies (workspace_id, updated_at, id);
create index companies_name_idx on crm.companies (workspace_id, name, id);
create index companies_domain_idx on crm.companies (workspace_id, domain_key, id);
create index companies_industry_idx on crm.companies (workspace_id, industry, created_at, id);
create index companies_owner_id_idx on crm.companies (workspace_id, owner_id, name, id);
create index companies_relationship_idx on crm.companies (workspace_id, relationship, name, id);
create index companies_lifecycle_idx on crm.companies (workspace_id, lifecycle, name, id);
create index companies_rating_idx on crm.companies (workspace_id, rating_key, id);
call app.make_tenant_table('companies');
call app.count_by('companies', '{industry, relationship, owner_id, lifecycle}');
call app.make_searchable('companies');

comment on column crm.companies.name_key is
  'The name as names are compared. Compared instead of app.company_key(name), which is not leakproof and so could not use an index under row-level security.';
comment on column crm.companies.lifecycle is
  'Whether the company is inactive by its status, of which clients choose the words.';

-- The companies in whose names every word is; the search of companies looks in their domains too.
create function app.search_company_names(p_longest text, p_words text[]) returns setof uuid
language sql stable security definer
set search_path = ''
rows 200
as $$
  select c.id from crm.companies c
  where c.workspace_id = (select app.workspace_id())
    and c.id = any (array(select app.search_companies(p_longest, p_words)))
    and app.folded(c.name) like all (array(select app.folded(word) from unnest(p_longest || p_words) word))
$$;

revoke execute on all routines in schema app from public;
grant execute on function app.search_company_names(text, text[]) to lumenbase_api;
