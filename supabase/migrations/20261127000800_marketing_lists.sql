-- Marketing lists: contacts that mail is to go to.

create table crm.marketing_lists (
  workspace_id uuid not null default app.workspace_id() references crm.workspaces (id) on delete cascade,
  id uuid not null default app.uuid_v7(),
  name text collate "und-x-icu" not null,
  name_key text collate "C" not null generated always as (lower(name)) stored,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  primary key (workspace_id, id),
  constraint marketing_lists_name_key unique (workspace_id, name_key)
);

call app.make_tenant_table('marketing_lists');

create table crm.marketing_list_members (
  workspace_id uuid not null default app.workspace_id() references crm.workspaces (id) on delete cascade,
  list_id uuid not null,
  contact_id uuid not null,
  created_at timestamptz not null default now(),
  primary key (workspace_id, list_id, contact_id),
  constraint marketing_list_members_list_id_fkey foreign key (workspace_id, list_id)
    references crm.marketing_lists (workspace_id, id) on delete cascade,
  constraint marketing_list_members_contact_id_fkey foreign key (workspace_id, contact_id)
    references crm.contacts (workspace_id, id) on delete cascade
);

create index marketing_list_members_contact_id_idx
  on crm.marketing_list_members (workspace_id, contact_id);
call app.make_tenant_table('marketing_list_members');
call app.count_by('marketing_list_members', '{list_id}');

-- The contacts that a filter selects: {"longest", "words"} of a search in names and emails, the company
-- that they are with, and what that is to the workspace. None for no filter.
create function app.filtered_contacts(p_filter jsonb) returns setof uuid
language plpgsql stable
set search_path = ''
as $$
declare
  v_workspace constant uuid := app.workspace_id();
  v_longest constant text := p_filter ->> 'longest';
begin
  if p_filter is null then
    return;
  end if;
  return query select c.id from crm.contacts c
    where c.workspace_id = v_workspace
      and (v_longest is null or c.id in (
        select app.search_contact_names(v_longest, array(
          select jsonb_array_elements_text(p_filter -> 'words')))))
      and (p_filter -> 'company_id' is null or c.company_id = (p_filter ->> 'company_id')::uuid)
      and (p_filter -> 'relationship' is null or exists (
        select from crm.companies company
        where company.workspace_id = v_workspace and company.id = c.company_id
          and company.relationship = p_filter ->> 'relationship'));
end
$$;

-- Adds to a marketing list the contacts that are named, those of deals that are named, and those that a
-- filter selects; nothing is answered when there is no such list. Who has no email or is unsubscribed is
-- suppressed. Waits for who changes the list, so that the total is true.
create function app.add_to_marketing_list(
  p_list uuid, p_contacts uuid[], p_deals uuid[], p_filter jsonb
)
returns table (added integer, already_on_list integer, suppressed integer, not_found uuid[], total integer)
language plpgsql volatile
set search_path = ''
as $$
declare
  v_workspace constant uuid := app.workspace_id();
  v_selected uuid[];
  v_wanted uuid[];
begin
  perform from crm.marketing_lists l
    where l.workspace_id = v_workspace and l.id = p_list for no key update;
  if not found then
    return;
  end if;
  not_found := array(
    select given.id from unnest(p_contacts) with ordinality given (id, place)
    where not exists (
      select from crm.contacts c where c.workspace_id = v_workspace and c.id = given.id)
    group by given.id order by min(given.place)) || array(
    select given.id from unnest(p_deals) with ordinality given (id, place)
    where not exists (
      select from crm.deals d where d.workspace_id = v_workspace and d.id = given.id)
    group by given.id order by min(given.place));
  -- Locked, so that none is deleted before it is on the list.
  v_selected := array(
    select c.id from crm.contacts c
    where c.workspace_id = v_workspace and c.id = any (array(
      select unnest(p_contacts)
      union all
      select d.contact_id from crm.deals d
        where d.workspace_id = v_workspace and d.id = any (p_deals)
      union all
      select app.filtered_contacts(p_filter)))
    order by c.id for key share);
  v_wanted := array(
    select c.id from crm.contacts c
    where c.workspace_id = v_workspace and c.id = any (v_selected)
      and c.email is not null and not c.unsubscribed);
  suppressed := cardinality(v_selected) - cardinality(v_wanted);
  insert into crm.marketing_list_members (list_id, contact_id)
    select p_list, contact from unnest(v_wanted) contact
    on conflict (workspace_id, list_id, contact_id) do nothing;
  get diagnostics added = row_count;
  already_on_list := cardinality(v_wanted) - added;
  total := (
    select coalesce(sum(c.records), 0) from crm.record_counts c
    where c.workspace_id = v_workspace and c.resource = 'marketing_list_members'
      and c.field = 'list_id' and c.value = p_list::text);
  return next;
end
$$;

revoke execute on all routines in schema app from public;
grant execute on function app.filtered_contacts(jsonb),
  app.add_to_marketing_list(uuid, uuid[], uuid[], jsonb) to lumenbase_api;
