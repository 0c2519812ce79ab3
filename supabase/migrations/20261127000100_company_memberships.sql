-- The companies that a contact is and was with, of which one is its primary one: the contact's company.

create table crm.company_memberships (
  workspace_id uuid not null default app.workspace_id() references crm.workspaces (id) on delete cascade,
  id uuid not null default app.uuid_v7(),
  contact_id uuid not null,
  company_id uuid not null,
  role text,
  is_primary boolean not null default false,
  started_at timestamptz not null default now(),
  -- Null while it is current.
  ended_at timestamptz,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  primary key (workspace_id, id),
  constraint company_memberships_contact_id_fkey foreign key (workspace_id, contact_id)
    references crm.contacts (workspace_id, id) on delete cascade,
  constraint company_memberships_company_id_fkey foreign key (workspace_id, company_id)
    references crm.companies (workspace_id, id) on delete cascade,
  constraint company_memberships_ended_at_check check (ended_at >= started_at),
  constraint company_memberships_primary_check check (not is_primary or ended_at is null)
);

create unique index company_memberships_current_key
  on crm.company_memberships (workspace_id, contact_id, company_id) where ended_at is null;
create unique index company_memberships_primary_key
  on crm.company_memberships (workspace_id, contact_id) where is_primary;
create index company_memberships_contact_id_idx
  on crm.company_memberships (workspace_id, contact_id, started_at, id);
create index company_memberships_company_id_idx
  on crm.company_memberships (workspace_id, company_id, contact_id);
call app.make_tenant_table('company_memberships');
call app.record_events('company_memberships');

-- Lets a contact that has current memberships have one primary, and be with its company: the one it has,
-- else the current one that began last. The caller has locked the contact.
create function app.settle_primary_membership(p_contact uuid) returns void
language plpgsql volatile
set search_path = ''
as $$
declare
  v_workspace constant uuid := app.workspace_id();
  v_company uuid;
  v_next uuid;
begin
  -- Of a company that is being deleted, the memberships go as well.
  update crm.company_memberships m set is_primary = false
    where m.workspace_id = v_workspace and m.contact_id = p_contact and m.is_primary and not exists (
      select from crm.companies c where c.workspace_id = v_workspace and c.id = m.company_id);
  select m.company_id into v_company from crm.company_memberships m
    where m.workspace_id = v_workspace and m.contact_id = p_contact and m.is_primary;
  while v_company is null loop
    select other.id into v_next from crm.company_memberships other
      join crm.companies c on c.workspace_id = v_workspace and c.id = other.company_id
      where other.workspace_id = v_workspace and other.contact_id = p_contact and other.ended_at is null
      order by other.started_at desc, other.id desc limit 1;
    exit when not found;
    -- None when it was deleted meanwhile, with its company.
    update crm.company_memberships m set is_primary = true
      where m.workspace_id = v_workspace and m.id = v_next
      returning m.company_id into v_company;
  end loop;
  update crm.contacts c set company_id = v_company
    where c.workspace_id = v_workspace and c.id = p_contact
      and c.company_id is distinct from v_company;
end
$$;

-- Lets the memberships follow a contact's company, whatever set it: another company ends the primary one,
-- no company ends all, and a deleted company leaves the contact to the current membership that began last.
create function app.follow_company() returns trigger
language plpgsql
set search_path = ''
as $$
begin
  if exists (
    select from crm.company_memberships m
    where m.workspace_id = new.workspace_id and m.contact_id = new.id and m.is_primary
      and m.company_id = new.company_id
  ) then
    return null;
  elsif new.company_id is null and not exists (
    select from crm.companies c where c.workspace_id = new.workspace_id and c.id = old.company_id
  ) then
    perform app.settle_primary_membership(new.id);
    return null;
  end if;
  update crm.company_memberships m
    set ended_at = greatest(now(), m.started_at), is_primary = false
    where m.workspace_id = new.workspace_id and m.contact_id = new.id and m.ended_at is null
      and (m.is_primary or new.company_id is null);
  if new.company_id is not null then
    insert into crm.company_memberships (workspace_id, contact_id, company_id, is_primary)
      values (new.workspace_id, new.id, new.company_id, true)
      on conflict (workspace_id, contact_id, company_id) where ended_at is null
        do update set is_primary = true;
  end if;
  return null;
end
$$;

-- The same for contacts that are made: those of one statement at once.
create function app.follow_first_companies() returns trigger
language plpgsql
set search_path = ''
as $$
begin
  if exists (select from added where company_id is not null) then
    insert into crm.company_memberships (workspace_id, contact_id, company_id, is_primary)
      select workspace_id, id, company_id, true from added where company_id is not null;
  end if;
  return null;
end
$$;

create trigger follow_first_company after insert on crm.contacts
  referencing new table as added for each statement execute function app.follow_first_companies();
create trigger follow_company after update of company_id on crm.contacts
  for each row when (new.company_id is distinct from old.company_id)
  execute function app.follow_company();

revoke execute on all routines in schema app from public;
grant execute on function app.settle_primary_membership(uuid) to lumenbase_api;
