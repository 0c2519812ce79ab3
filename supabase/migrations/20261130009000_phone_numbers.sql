-- Phone numbers of a workspace, and whose telephones they ring.

create table crm.phone_numbers (
  workspace_id uuid not null default app.workspace_id() references crm.workspaces (id) on delete cascade,
  id uuid not null default app.uuid_v7(),
  number bigint not null generated always as identity,
  -- E.164.
  phone_number text collate "C" not null,
  friendly_name text not null,
  type text collate "C" not null check (type in ('local', 'tollfree', 'mobile')),
  -- What the telephone service calls it, once it was bought.
  sid text collate "C",
  capabilities jsonb not null default '{}' check (jsonb_typeof(capabilities) = 'object'),
  monthly_price numeric not null check (monthly_price > 0),
  -- What is set aside for one that is being bought, since when, and whether nobody knows what became of that; null of
  -- one that is owned.
  hold_id uuid,
  begun_at timestamptz not null default clock_timestamp(),
  in_doubt boolean not null default false,
  created_at timestamptz not null default now(),
  primary key (workspace_id, id),
  unique (workspace_id, number),
  constraint phone_numbers_phone_number_key unique (workspace_id, phone_number),
  check ((hold_id is null) = (sid is not null))
);

create index phone_numbers_created_at_idx on crm.phone_numbers (workspace_id, created_at, id);
call app.make_tenant_table('phone_numbers');

create table crm.phone_number_users (
  workspace_id uuid not null default app.workspace_id() references crm.workspaces (id) on delete cascade,
  id uuid not null default app.uuid_v7(),
  phone_number_id uuid not null,
  user_id uuid not null,
  created_at timestamptz not null default now(),
  primary key (workspace_id, id),
  constraint phone_number_users_user_key unique (workspace_id, phone_number_id, user_id),
  constraint phone_number_users_phone_number_id_fkey foreign key (workspace_id, phone_number_id)
    references crm.phone_numbers (workspace_id, id) on delete cascade,
  constraint phone_number_users_user_id_fkey foreign key (workspace_id, user_id)
    references crm.users (workspace_id, id) on delete cascade
);

create index phone_number_users_user_id_idx on crm.phone_number_users (workspace_id, user_id);
call app.make_tenant_table('phone_number_users');
-- A Rep sees the numbers that are assigned to them.
call app.show_where('phone_numbers', $$exists (
    select from crm.phone_number_users u where u.workspace_id = phone_numbers.workspace_id
      and u.phone_number_id = phone_numbers.id and u.user_id = (select app.claimed_actor()))$$);

-- Sets the price of a number {"phone_number", "friendly_name", "type", "monthly_price"} aside and answers the id of what
-- will be it, once it is bought; of one that is in doubt its own, which is to be looked for first (is_known). A job
-- resolves what is left undone. Raises LB083 for one that is there, LB091.
create function app.begin_purchase(p_given jsonb, out id uuid, out is_known boolean)
language plpgsql volatile
set search_path = ''
as $$
declare
  v_new crm.phone_numbers := jsonb_populate_record(null::crm.phone_numbers, p_given);
begin
  -- One that is bought at once by another waits here for what becomes of that.
  insert into crm.phone_numbers (phone_number, friendly_name, type, monthly_price, hold_id)
    values (v_new.phone_number, v_new.friendly_name, v_new.type, v_new.monthly_price, app.uuid_v7())
    on conflict (workspace_id, phone_number) do nothing returning phone_numbers.id into id;
  is_known := id is null;
  if is_known then
    -- What was set aside for it may have expired.
    update crm.phone_numbers n set in_doubt = false, begun_at = clock_timestamp(), hold_id = coalesce(
        (select h.id from crm.ledger_holds h
          where h.workspace_id = n.workspace_id and h.id = n.hold_id and h.expires_at > clock_timestamp()),
        app.hold_funds('wallet', n.monthly_price, 'number', 7 * 86400))
      where n.workspace_id = app.workspace_id() and n.phone_number = v_new.phone_number and n.in_doubt
      returning n.id into id;
  else
    update crm.phone_numbers n set hold_id = app.hold_funds('wallet', v_new.monthly_price, 'number', 7 * 86400)
      where n.workspace_id = app.workspace_id() and n.id = begin_purchase.id;
  end if;
  if id is null then
    raise exception using errcode = 'LB083', message = jsonb_build_object('field', 'phoneNumber',
      'record', 'phone number', 'number', (
        select n.number from crm.phone_numbers n
        where n.workspace_id = app.workspace_id() and n.phone_number = v_new.phone_number and n.hold_id is null));
  end if;
  -- The request that buys it has ended by then, whatever became of it.
  perform app.enqueue_job('voice.resolve_number', jsonb_build_object('id', id), now() + interval '10 minutes');
end
$$;

-- Ends the purchase of a number with what the telephone service made of it, and charges it once; answers whether there
-- is such a number.
create function app.finish_purchase(p_id uuid, p_sid text, p_capabilities jsonb) returns boolean
language plpgsql volatile
set search_path = ''
as $$
declare
  v_number crm.phone_numbers;
begin
  select n.* into v_number from crm.phone_numbers n
    where n.workspace_id = app.workspace_id() and n.id = p_id for update;
  if v_number.hold_id is not null then
    perform app.charge_hold(v_number.hold_id, v_number.monthly_price, 'number', v_number.phone_number);
    update crm.phone_numbers n set hold_id = null, in_doubt = false, sid = p_sid, capabilities = p_capabilities
      where n.workspace_id = app.workspace_id() and n.id = p_id;
  end if;
  return v_number.id is not null;
end
$$;

-- Ends the purchase of a number that is not bought; of one that is owned, or gone, nothing is left to do.
create function app.cancel_purchase(p_id uuid) returns void
language plpgsql volatile
set search_path = ''
as $$
declare
  v_hold uuid;
begin
  delete from crm.phone_numbers n
    where n.workspace_id = app.workspace_id() and n.id = p_id and n.hold_id is not null
    returning n.hold_id into v_hold;
  if v_hold is not null then
    perform app.release_hold(v_hold);
  end if;
end
$$;

-- Notes of a purchase that is not ended that nobody knows what became of it.
create function app.doubt_purchase(p_id uuid) returns void
language sql volatile
set search_path = ''
as $$
  update crm.phone_numbers n set in_doubt = true
  where n.workspace_id = app.workspace_id() and n.id = p_id and n.hold_id is not null
$$;

-- Lets the number with a number ring these users, in place of those before, and answers its id. Raises LB080, with the
-- users under the name of a field.
create function app.assign_phone_number(p_number bigint, p_users bigint[], p_field text) returns uuid
language plpgsql volatile
set search_path = ''
as $$
declare
  v_id uuid;
  v_users uuid[];
  v_mistakes jsonb := '[]';
begin
  select n.id into v_id from crm.phone_numbers n
    where n.workspace_id = app.workspace_id() and n.number = p_number and n.hold_id is null for update;
  if v_id is null then
    v_mistakes := v_mistakes || app.mistake('number_id', 'No phone number with this id.');
  end if;
  v_users := array(select app.active_user(given) from unnest(p_users) given);
  if array_position(v_users, null) is not null then
    v_mistakes := v_mistakes || app.mistake(p_field, 'No active user with this id.');
  end if;
  if v_mistakes <> '[]' then
    raise exception using errcode = 'LB080', message = v_mistakes;
  end if;
  delete from crm.phone_number_users u
    where u.workspace_id = app.workspace_id() and u.phone_number_id = v_id and u.user_id <> all (v_users);
  insert into crm.phone_number_users (phone_number_id, user_id) select v_id, one from unnest(v_users) one
    on conflict do nothing;
  return v_id;
end
$$;

-- The number that a user calls from: the own one that was bought last, else any of the workspace; null without.
create function app.number_to_call_from(p_user uuid) returns text
language sql stable security definer
set search_path = ''
as $$
  select n.phone_number from crm.phone_numbers n
  where n.workspace_id = app.workspace_id() and n.hold_id is null
  order by exists (select from crm.phone_number_users u
    where u.workspace_id = n.workspace_id and u.phone_number_id = n.id and u.user_id = p_user) desc, n.number desc
  limit 1
$$;

revoke execute on all routines in schema app from public;
grant execute on function app.begin_purchase(jsonb), app.finish_purchase(uuid, text, jsonb), app.cancel_purchase(uuid),
  app.doubt_purchase(uuid), app.assign_phone_number(bigint, bigint[], text), app.number_to_call_from(uuid)
  to lumenbase_api;
