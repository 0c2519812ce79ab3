-- Mailings: one mail to contacts of a target account, and which message each of them got.

create table crm.account_mailings (
  workspace_id uuid not null default app.workspace_id() references crm.workspaces (id) on delete cascade,
  id uuid not null default app.uuid_v7(),
  target_account_id uuid not null,
  created_by uuid default app.acting_user(),
  -- In order: {"contact_id": number, "email", "message": id or null, "reason": why there is none}.
  recipients jsonb not null check (jsonb_typeof(recipients) = 'array'),
  created_at timestamptz not null default now(),
  primary key (workspace_id, id),
  constraint account_mailings_target_account_id_fkey foreign key (workspace_id, target_account_id)
    references crm.target_accounts (workspace_id, id) on delete cascade,
  constraint account_mailings_created_by_fkey foreign key (workspace_id, created_by)
    references crm.users (workspace_id, id) on delete set null (created_by)
);

create index account_mailings_target_account_id_idx on crm.account_mailings (workspace_id, target_account_id);
create index account_mailings_created_by_idx on crm.account_mailings (workspace_id, created_by);
call app.make_tenant_table('account_mailings', 'select, insert');

-- The contacts of the target account with a number, in the order in which they were added; with p_contacts those of
-- them alone. Where a contact has no company, it is the account's.
create function app.contacts_to_mail(p_account bigint, p_contacts bigint[])
returns table (
  contact_id bigint, email text, unsubscribed boolean, first_name text, last_name text, title text, company text
)
language sql stable
set search_path = ''
as $$
  select c.number, c.email, c.unsubscribed, c.first_name, c.last_name, c.title, coalesce(
      (select its.name from crm.companies its where its.workspace_id = c.workspace_id and its.id = c.company_id),
      (select its.name from crm.companies its where its.workspace_id = a.workspace_id and its.id = a.company_id))
  from crm.target_accounts a
  join crm.target_account_contacts m on m.workspace_id = a.workspace_id and m.target_account_id = a.id
  join crm.contacts c on c.workspace_id = m.workspace_id and c.id = m.contact_id
  where a.workspace_id = app.workspace_id() and a.number = p_account
    and (p_contacts is null or c.number = any (p_contacts))
  order by m.created_at, m.id
$$;

-- Has a message fail that nobody has begun to send, so that nobody does.
create function app.give_up_message(p_id uuid, p_error text) returns void
language plpgsql volatile
set search_path = ''
as $$
begin
  perform from crm.messages m
    where m.workspace_id = app.workspace_id() and m.id = p_id and m.state = 'queued' for update;
  if found then
    perform app.end_message(p_id, 'failed', p_error, false, '[]', null);
  end if;
end
$$;

revoke execute on all routines in schema app from public;
grant execute on function app.contacts_to_mail(bigint, bigint[]), app.give_up_message(uuid, text) to lumenbase_api;
