-- What leads and companies that were imported are called where they came from, by which they are known again.

create table crm.external_ids (
  workspace_id uuid not null default app.workspace_id() references crm.workspaces (id) on delete cascade,
  id uuid not null default app.uuid_v7(),
  provider text collate "C" not null check (provider in ('hubspot')),
  external_id text collate "C" not null check (length(external_id) between 1 and 64),
  lead_id uuid,
  company_id uuid,
  kind text collate "C" not null generated always as (
    case when lead_id is null then 'company' else 'lead' end) stored,
  created_at timestamptz not null default now(),
  primary key (workspace_id, id),
  constraint external_ids_key unique (workspace_id, provider, kind, external_id),
  check (num_nonnulls(lead_id, company_id) <= 1),
  constraint external_ids_lead_id_fkey foreign key (workspace_id, lead_id)
    references crm.leads (workspace_id, id) on delete cascade,
  constraint external_ids_company_id_fkey foreign key (workspace_id, company_id)
    references crm.companies (workspace_id, id) on delete cascade
);

create index external_ids_lead_id_idx on crm.external_ids (workspace_id, lead_id);
create index external_ids_company_id_idx on crm.external_ids (workspace_id, company_id);
call app.make_tenant_table('external_ids', 'select, insert');
call app.show_by_lead('external_ids');

-- The lead or company that is known by an id, whoever sees it.
create function app.known_externally(p_provider text, p_kind text, p_id text) returns uuid
language plpgsql stable security definer
set search_path = ''
as $$
begin
  return (
    select coalesce(e.lead_id, e.company_id) from crm.external_ids e
    where e.workspace_id = app.workspace_id() and e.provider = p_provider and e.kind = p_kind
      and e.external_id = p_id);
end
$$;

-- Has a lead or a company be known by an id, unless another one is.
create function app.know_externally(p_provider text, p_id text, p_lead uuid, p_company uuid) returns void
language sql volatile
set search_path = ''
as $$
  insert into crm.external_ids (provider, external_id, lead_id, company_id)
    values (p_provider, p_id, p_lead, p_company)
    on conflict on constraint external_ids_key do nothing
$$;

revoke execute on all routines in schema app from public;
grant execute on function app.known_externally(text, text, text),
  app.know_externally(text, text, uuid, uuid) to lumenbase_api;
