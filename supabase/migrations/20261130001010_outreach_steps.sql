-- The steps planned to reach the contacts of a target account.

create table crm.outreach_steps (
  workspace_id uuid not null default app.workspace_id() references crm.workspaces (id) on delete cascade,
  id uuid not null default app.uuid_v7(),
  number bigint not null generated always as identity,
  target_account_id uuid not null,
  -- Null when the contact is gone.
  contact_id uuid,
  -- The how manieth it is of its contact.
  step integer not null,
  channel text collate "C" not null check (channel in ('email', 'call', 'linkedin', 'meeting', 'other')),
  scheduled_at timestamptz not null,
  assigned_to uuid,
  notes text,
  status text collate "C" not null default 'planned' check (status in ('planned')),
  created_at timestamptz not null default now(),
  primary key (workspace_id, id),
  unique (workspace_id, number),
  constraint outreach_steps_target_account_id_fkey foreign key (workspace_id, target_account_id)
    references crm.target_accounts (workspace_id, id) on delete cascade,
  constraint outreach_steps_contact_id_fkey foreign key (workspace_id, contact_id)
    references crm.contacts (workspace_id, id) on delete set null (contact_id),
  constraint outreach_steps_assigned_to_fkey foreign key (workspace_id, assigned_to)
    references crm.users (workspace_id, id) on delete set null (assigned_to)
);

create index outreach_steps_target_account_id_idx
  on crm.outreach_steps (workspace_id, target_account_id, scheduled_at, id);
create index outreach_steps_contact_id_idx on crm.outreach_steps (workspace_id, contact_id);
create index outreach_steps_assigned_to_idx on crm.outreach_steps (workspace_id, assigned_to);
call app.make_tenant_table('outreach_steps');
call app.record_events('outreach_steps');

-- Plans a step with a contact of the target account with a number, for the account's owner unless it is assigned;
-- contact_id and assigned_to are numbers. Answers its id; nothing when there is no such account. Raises LB080.
create function app.add_outreach_step(p_account bigint, p_given jsonb) returns setof uuid
language plpgsql volatile
set search_path = ''
as $$
declare
  v_account crm.target_accounts;
  v_mistakes jsonb := '[]';
  v_assigned_to uuid;
  v_contact uuid;
  v_step integer;
begin
  select * into v_account from app.hold_target_account(p_account);
  if not found then
    return;
  end if;
  v_assigned_to := v_account.owner_id;
  if p_given ->> 'assigned_to' is not null then
    v_assigned_to := app.active_user((p_given ->> 'assigned_to')::bigint);
    if v_assigned_to is null then
      v_mistakes := v_mistakes || app.mistake('assigned_to', 'No active user with this id.');
    end if;
  end if;
  if (p_given ->> 'scheduled_at')::timestamptz < now() then
    v_mistakes := v_mistakes || app.mistake('scheduled_at', 'Must not be in the past.');
  end if;
  -- Steps of one contact are counted one after another.
  update crm.target_account_contacts m set steps = m.steps + 1
    from crm.contacts c
    where c.workspace_id = app.workspace_id() and c.number = (p_given ->> 'contact_id')::bigint
      and m.workspace_id = c.workspace_id and m.target_account_id = v_account.id and m.contact_id = c.id
    returning m.contact_id, m.steps into v_contact, v_step;
  if v_contact is null then
    v_mistakes := app.mistake('contact_id', 'No contact of this account with this id.') || v_mistakes;
  end if;
  if v_mistakes <> '[]' then
    raise exception using errcode = 'LB080', message = v_mistakes;
  end if;
  return query insert into crm.outreach_steps
      (target_account_id, contact_id, step, channel, scheduled_at, assigned_to, notes)
    values (v_account.id, v_contact, v_step, p_given ->> 'channel', (p_given ->> 'scheduled_at')::timestamptz,
      v_assigned_to, p_given ->> 'notes')
    returning id;
end
$$;

revoke execute on all routines in schema app from public;
grant execute on function app.add_outreach_step(bigint, jsonb) to lumenbase_api;
