-- Target accounts: companies that are to be won, and the contacts who matter at each.

create table crm.target_accounts (
  workspace_id uuid not null default app.workspace_id() references crm.workspaces (id) on delete cascade,
  id uuid not null default app.uuid_v7(),
  number bigint not null generated always as identity,
  -- Null when the company is gone.
  company_id uuid,
  owner_id uuid,
  tier smallint not null default 2 check (tier between 1 and 3),
  status text collate "C" not null default 'active' check (status in ('active', 'paused', 'won', 'lost')),
  icp_fit_score numeric check (icp_fit_score between 0 and 100),
  estimated_decision_makers integer check (estimated_decision_makers >= 0),
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  primary key (workspace_id, id),
  unique (workspace_id, number),
  constraint target_accounts_company_id_key unique (workspace_id, company_id),
  constraint target_accounts_company_id_fkey foreign key (workspace_id, company_id)
    references crm.companies (workspace_id, id) on delete set null (company_id),
  constraint target_accounts_owner_id_fkey foreign key (workspace_id, owner_id)
    references crm.users (workspace_id, id) on delete set null (owner_id)
);

create index target_accounts_owner_id_idx on crm.target_accounts (workspace_id, owner_id);
call app.make_tenant_table('target_accounts');
call app.record_events('target_accounts');

create table crm.target_account_contacts (
  workspace_id uuid not null default app.workspace_id() references crm.workspaces (id) on delete cascade,
  id uuid not null default app.uuid_v7(),
  target_account_id uuid not null,
  contact_id uuid not null,
  stakeholder_role text collate "C" not null default 'other' check (stakeholder_role in ('champion',
    'decision_maker', 'economic_buyer', 'influencer', 'blocker', 'user', 'other')),
  -- How many outreach steps were planned with the contact.
  steps integer not null default 0,
  created_at timestamptz not null default now(),
  primary key (workspace_id, id),
  constraint target_account_contacts_contact_key unique (workspace_id, target_account_id, contact_id),
  constraint target_account_contacts_target_account_id_fkey foreign key (workspace_id, target_account_id)
    references crm.target_accounts (workspace_id, id) on delete cascade,
  constraint target_account_contacts_contact_id_fkey foreign key (workspace_id, contact_id)
    references crm.contacts (workspace_id, id) on delete cascade
);

create index target_account_contacts_contact_id_idx on crm.target_account_contacts (workspace_id, contact_id);
call app.make_tenant_table('target_account_contacts');
call app.record_events('target_account_contacts', p_silent => 'added.steps <> gone.steps');

-- The id of the user with a number, who is active or is given by p_old already; null for none.
create function app.active_user(p_number bigint, p_old uuid default null) returns uuid
language sql stable
set search_path = ''
as $$
  select u.id from crm.users u
  where u.workspace_id = app.workspace_id() and u.number = p_number and (u.status <> 'inactive' or u.id = p_old)
$$;

-- What is given of a target account as it is stored: company_id and owner_id are numbers. Raises LB080 with all that
-- lead to nothing.
create function app.stored_target_account(p_given jsonb, p_old crm.target_accounts) returns jsonb
language plpgsql stable
set search_path = ''
as $$
declare
  v_given jsonb := p_given;
  v_mistakes jsonb := '[]';
  v_id uuid;
begin
  if p_given ->> 'company_id' is not null then
    select c.id into v_id from crm.companies c
      where c.workspace_id = app.workspace_id() and c.number = (p_given ->> 'company_id')::bigint;
    v_given := v_given || jsonb_build_object('company_id', v_id);
    if v_id is null then
      v_mistakes := v_mistakes || app.mistake('company_id', 'No company with this id.');
    end if;
  end if;
  if p_given ->> 'owner_id' is not null then
    v_id := app.active_user((p_given ->> 'owner_id')::bigint, p_old.owner_id);
    v_given := v_given || jsonb_build_object('owner_id', v_id);
    if v_id is null then
      v_mistakes := v_mistakes || app.mistake('owner_id', 'No active user with this id.');
    end if;
  end if;
  if v_mistakes <> '[]' then
    raise exception using errcode = 'LB080', message = v_mistakes;
  end if;
  return v_given;
end
$$;

-- Makes a target account of what app.stored_target_account takes, of the user who makes it unless an owner is given;
-- answers its id. Raises LB080, and LB083 when the company is one already.
create function app.create_target_account(p_given jsonb) returns uuid
language plpgsql volatile
set search_path = ''
as $$
declare
  v_new constant crm.target_accounts := jsonb_populate_record(
    null::crm.target_accounts, app.stored_target_account(p_given, null));
  v_id uuid;
begin
  insert into crm.target_accounts (company_id, owner_id, tier, status, icp_fit_score, estimated_decision_makers)
    values (v_new.company_id, coalesce(v_new.owner_id, app.acting_user()), coalesce(v_new.tier, 2),
      coalesce(v_new.status, 'active'), v_new.icp_fit_score, v_new.estimated_decision_makers)
    on conflict on constraint target_accounts_company_id_key do nothing
    returning id into v_id;
  if v_id is null then
    raise exception using errcode = 'LB083', message = jsonb_build_object(
      'field', 'company_id', 'record', 'account', 'number', (
        select a.number from crm.target_accounts a
        where a.workspace_id = app.workspace_id() and a.company_id = v_new.company_id));
  end if;
  return v_id;
end
$$;

-- Changes what is given (app.stored_target_account) of the target account with a number, and answers its id; nothing
-- when there is none. Raises LB080.
create function app.change_target_account(p_number bigint, p_given jsonb) returns setof uuid
language plpgsql volatile
set search_path = ''
as $$
declare
  v_old crm.target_accounts;
  v_new crm.target_accounts;
begin
  select a.* into v_old from crm.target_accounts a
    where a.workspace_id = app.workspace_id() and a.number = p_number for no key update;
  if not found then
    return;
  end if;
  v_new := jsonb_populate_record(v_old, app.stored_target_account(p_given, v_old));
  update crm.target_accounts a set (owner_id, tier, status, icp_fit_score, estimated_decision_makers) = row (
      v_new.owner_id, v_new.tier, v_new.status, v_new.icp_fit_score, v_new.estimated_decision_makers)
    where a.workspace_id = v_old.workspace_id and a.id = v_old.id and v_new is distinct from v_old;
  return next v_old.id;
end
$$;

-- Keeps the target account with a number from being deleted before the transaction ends, and answers it.
create function app.hold_target_account(p_number bigint) returns setof crm.target_accounts
language sql volatile
set search_path = ''
as $$
  select a.* from crm.target_accounts a
  where a.workspace_id = app.workspace_id() and a.number = p_number for key share
$$;

-- Adds a contact, by its number, to the target account with a number, and answers the id of what links the two;
-- nothing when there is no such account. Raises LB080 when there is no such contact.
create function app.add_contact_to_account(p_account bigint, p_contact bigint, p_role text) returns setof uuid
language plpgsql volatile
set search_path = ''
as $$
declare
  v_account crm.target_accounts;
  v_contact uuid;
begin
  select * into v_account from app.hold_target_account(p_account);
  if not found then
    return;
  end if;
  select c.id into v_contact from crm.contacts c
    where c.workspace_id = app.workspace_id() and c.number = p_contact;
  if v_contact is null then
    raise exception using errcode = 'LB080',
      message = jsonb_build_array(app.mistake('contact_id', 'No contact with this id.'));
  end if;
  return query insert into crm.target_account_contacts (target_account_id, contact_id, stakeholder_role)
    values (v_account.id, v_contact, coalesce(p_role, 'other')) returning id;
end
$$;

revoke execute on all routines in schema app from public;
grant execute on function app.active_user(bigint, uuid), app.stored_target_account(jsonb, crm.target_accounts),
  app.create_target_account(jsonb), app.change_target_account(bigint, jsonb), app.hold_target_account(bigint),
  app.add_contact_to_account(bigint, bigint, text) to lumenbase_api;
