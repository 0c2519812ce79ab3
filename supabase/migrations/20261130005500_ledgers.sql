-- What a workspace may still spend: credits of AI and enrichment, and the wallet of calls in USD.

create table crm.ledgers (
  workspace_id uuid not null default app.workspace_id() references crm.workspaces (id) on delete cascade,
  ledger text collate "C" not null check (ledger in ('credits', 'wallet')),
  -- The sum of its entries. NaN is more than every number.
  balance numeric not null check (balance >= 0 and balance < 'Infinity'),
  primary key (workspace_id, ledger)
);

-- What changed a balance, in the order of their numbers.
create table crm.ledger_entries (
  workspace_id uuid not null default app.workspace_id() references crm.workspaces (id) on delete cascade,
  id uuid not null default app.uuid_v7(),
  number bigint not null generated always as identity,
  ledger text collate "C" not null,
  amount numeric not null check (amount <> 0),
  balance_after numeric not null,
  type text collate "C" not null,
  reference text,
  note text,
  -- The hold that it charged, which is no more.
  hold_id uuid,
  created_at timestamptz not null default clock_timestamp(),
  primary key (workspace_id, id),
  unique (workspace_id, number),
  foreign key (workspace_id, ledger) references crm.ledgers (workspace_id, ledger) on delete cascade
);

create index ledger_entries_number_idx on crm.ledger_entries (workspace_id, ledger, number);
create index ledger_entries_time_idx on crm.ledger_entries (workspace_id, ledger, created_at);
create unique index ledger_entries_hold_key on crm.ledger_entries (workspace_id, hold_id) where hold_id is not null;
create unique index ledger_entries_reference_key on crm.ledger_entries (workspace_id, ledger, type, reference)
  where hold_id is null;

-- What is set aside until it is charged or released. From expires_at on others may spend it.
create table crm.ledger_holds (
  workspace_id uuid not null default app.workspace_id() references crm.workspaces (id) on delete cascade,
  id uuid not null default app.uuid_v7(),
  ledger text collate "C" not null,
  amount numeric not null check (amount > 0),
  purpose text not null,
  expires_at timestamptz not null,
  created_at timestamptz not null default now(),
  primary key (workspace_id, id),
  foreign key (workspace_id, ledger) references crm.ledgers (workspace_id, ledger) on delete cascade
);

create index ledger_holds_expires_at_idx on crm.ledger_holds (workspace_id, ledger, expires_at);

do $$
declare
  v_table text;
begin
  foreach v_table in array array['ledgers', 'ledger_entries', 'ledger_holds'] loop
    execute format('alter table crm.%I enable row level security, force row level security', v_table);
    execute format('create policy tenant on crm.%I for select
      using (workspace_id = (select app.workspace_id()))', v_table);
    execute format('create policy owner on crm.%I to current_user using (true) with check (true)', v_table);
    execute format('grant select on crm.%I to lumenbase_api', v_table);
  end loop;
end
$$;

-- Every workspace begins with 100 credits and an empty wallet.
create function app.open_ledgers() returns trigger
language plpgsql security definer
set search_path = ''
as $$
begin
  insert into crm.ledgers (workspace_id, ledger, balance) values (new.id, 'credits', 100), (new.id, 'wallet', 0);
  insert into crm.ledger_entries (workspace_id, ledger, amount, balance_after, type)
    values (new.id, 'credits', 100, 100, 'opening');
  return null;
end
$$;

create trigger open_ledgers after insert on crm.workspaces for each row execute function app.open_ledgers();

-- Keeps others from a ledger until the transaction ends, and answers its balance less what they hold of it. Whoever
-- changes a ledger or its holds calls this first.
create function app.free_funds(p_ledger text, p_hold uuid) returns numeric
language plpgsql volatile
set search_path = ''
as $$
declare
  v_balance numeric;
begin
  select l.balance into v_balance from crm.ledgers l
    where l.workspace_id = app.workspace_id() and l.ledger = p_ledger for no key update;
  if not found then
    raise exception 'no ledger %', p_ledger using errcode = 'P0002';
  end if;
  return v_balance - (
    select coalesce(sum(h.amount), 0) from crm.ledger_holds h
    where h.workspace_id = app.workspace_id() and h.ledger = p_ledger and h.expires_at > clock_timestamp()
      and h.id is distinct from p_hold);
end
$$;

-- Raises LB091 when less than an amount is free.
create function app.require_funds(p_ledger text, p_amount numeric, p_free numeric) returns void
language plpgsql stable
set search_path = ''
as $$
begin
  if p_amount > p_free then
    raise exception using errcode = 'LB091', message = jsonb_build_object(
      'ledger', p_ledger, 'needed', trim_scale(p_amount), 'free', trim_scale(greatest(p_free, 0)));
  end if;
end
$$;

-- Writes an entry, and answers the balance after it.
create function app.write_entry(
  p_ledger text, p_amount numeric, p_type text, p_reference text, p_note text, p_hold uuid
) returns numeric
language plpgsql volatile
set search_path = ''
as $$
declare
  v_balance numeric;
begin
  update crm.ledgers l set balance = l.balance + p_amount
    where l.workspace_id = app.workspace_id() and l.ledger = p_ledger
    returning l.balance into v_balance;
  insert into crm.ledger_entries (ledger, amount, balance_after, type, reference, note, hold_id)
    values (p_ledger, p_amount, v_balance, p_type, p_reference, p_note, p_hold);
  return v_balance;
end
$$;

-- Sets an amount aside for so many seconds, and answers the hold. Raises LB091.
create function app.hold_funds(p_ledger text, p_amount numeric, p_purpose text, p_seconds integer) returns uuid
language plpgsql volatile security definer
set search_path = ''
as $$
declare
  v_id uuid;
begin
  perform app.require_funds(p_ledger, p_amount, app.free_funds(p_ledger, null));
  insert into crm.ledger_holds (ledger, amount, purpose, expires_at)
    values (p_ledger, p_amount, p_purpose, clock_timestamp() + make_interval(secs => p_seconds))
    returning id into v_id;
  return v_id;
end
$$;

-- Charges an amount, also of more than was held or of a hold that has expired, as long as it is free, and ends the
-- hold; answers the balance. A hold that was charged already is left at that. Raises LB091, LB094 for no such hold.
create function app.charge_hold(p_hold uuid, p_amount numeric, p_type text, p_reference text) returns numeric
language plpgsql volatile security definer
set search_path = ''
as $$
declare
  v_ledger text;
  v_free numeric;
  v_balance numeric;
begin
  select h.ledger into v_ledger from crm.ledger_holds h
    where h.workspace_id = app.workspace_id() and h.id = p_hold;
  if found then
    v_free := app.free_funds(v_ledger, p_hold);
    delete from crm.ledger_holds h where h.workspace_id = app.workspace_id() and h.id = p_hold;
    if found and p_amount > 0 then
      perform app.require_funds(v_ledger, p_amount, v_free);
      return app.write_entry(v_ledger, -p_amount, p_type, p_reference, null, p_hold);
    elsif found then
      raise exception 'a charge is more than nothing' using errcode = '22023';
    end if;
  end if;
  select e.balance_after into v_balance from crm.ledger_entries e
    where e.workspace_id = app.workspace_id() and e.hold_id = p_hold;
  if not found then
    raise exception 'no such hold' using errcode = 'LB094';
  end if;
  return v_balance;
end
$$;

-- Ends a hold, if there is such a one, without a charge.
create function app.release_hold(p_hold uuid) returns void
language plpgsql volatile security definer
set search_path = ''
as $$
begin
  delete from crm.ledger_holds h where h.workspace_id = app.workspace_id() and h.id = p_hold;
end
$$;

-- Adds an amount, or takes one that is less than nothing, and answers the balance; once for each reference of a type,
-- as long as it has one. Raises LB091 when less than it takes is free.
create function app.enter_funds(p_ledger text, p_amount numeric, p_type text, p_reference text, p_note text)
returns numeric
language plpgsql volatile security definer
set search_path = ''
as $$
declare
  v_free constant numeric := app.free_funds(p_ledger, null);
  v_balance numeric;
begin
  select e.balance_after into v_balance from crm.ledger_entries e
    where e.workspace_id = app.workspace_id() and e.ledger = p_ledger and e.type = p_type
      and e.reference = p_reference and e.hold_id is null;
  if found then
    return v_balance;
  end if;
  if p_amount < 0 then
    perform app.require_funds(p_ledger, -p_amount, v_free);
  end if;
  return app.write_entry(p_ledger, p_amount, p_type, p_reference, p_note, null);
end
$$;

revoke execute on all routines in schema app from public;
grant execute on function app.hold_funds(text, numeric, text, integer), app.charge_hold(uuid, numeric, text, text),
  app.release_hold(uuid), app.enter_funds(text, numeric, text, text, text) to lumenbase_api;
