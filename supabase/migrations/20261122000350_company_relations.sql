-- What a company is to the workspace, as the CRM HTTP API knows it, and whose it is.

alter table crm.companies
  add column relationship text not null default 'prospect'
    check (relationship in ('prospect', 'customer', 'vendor', 'both')),
  add column owner_id uuid,
  add column lifecycle text not null generated always as (
    case status when 'inactive' then 'inactive' else 'active' end) stored,
  add constraint companies_owner_id_fkey foreign key (workspace_id, owner_id)
    references crm.users (workspace_id, id) on delete set null (owner_id);

create index companies_owner_id_idx on crm.companies (workspace_id, owner_id, name, id);
create index companies_relationship_idx on crm.companies (workspace_id, relationship, name, id);
create index companies_lifecycle_idx on crm.companies (workspace_id, lifecycle, name, id);
call app.count_by('companies', '{industry, relationship, owner_id, lifecycle}');

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
