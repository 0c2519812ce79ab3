-- Automations: what is done by itself after something happened to a lead. Records in trigger, conditions
-- and actions are named by their numbers.

create table crm.automations (
  workspace_id uuid not null default app.workspace_id() references crm.workspaces (id) on delete cascade,
  id uuid not null default app.uuid_v7(),
  number bigint not null generated always as identity,
  name text collate "und-x-icu" not null,
  is_active boolean not null default true,
  -- What happened earlier starts no run.
  active_since timestamptz,
  trigger jsonb not null check (jsonb_typeof(trigger) = 'object'),
  conditions jsonb,
  actions jsonb not null check (jsonb_typeof(actions) = 'array'),
  trigger_type text collate "C" not null generated always as (trigger ->> 'type') stored,
  name_key text collate "und-x-icu" not null generated always as (lower(name)) stored,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  primary key (workspace_id, id),
  unique (workspace_id, number)
);

create index automations_created_at_idx on crm.automations (workspace_id, created_at, id);
create index automations_updated_at_idx on crm.automations (workspace_id, updated_at, id);
create index automations_name_idx on crm.automations (workspace_id, name_key, id);
create index automations_active_idx on crm.automations (workspace_id, trigger_type) where is_active;
call app.make_tenant_table('automations');
call app.record_events('automations');

create function app.note_activation() returns trigger
language plpgsql
set search_path = ''
as $$
begin
  new.active_since := case when new.is_active then coalesce(new.active_since, now()) end;
  return new;
end
$$;

create trigger note_activation before insert or update of is_active on crm.automations
  for each row execute function app.note_activation();

-- Whom assign_round_robin chose last, by automation and the action's place in it.
create table crm.automation_turns (
  workspace_id uuid not null default app.workspace_id() references crm.workspaces (id) on delete cascade,
  automation_id uuid not null,
  place smallint not null,
  last_user bigint,
  primary key (workspace_id, automation_id, place),
  constraint automation_turns_automation_id_fkey foreign key (workspace_id, automation_id)
    references crm.automations (workspace_id, id) on delete cascade
);

call app.make_tenant_table('automation_turns');

-- The next of these users, by number, after the one chosen last, of those who are not inactive; null when
-- there is none. Who chooses waits for who chose before, until that one's transaction ends.
create function app.choose_next_user(p_automation uuid, p_place integer, p_users bigint[]) returns uuid
language plpgsql volatile
set search_path = ''
as $$
declare
  v_workspace constant uuid := app.workspace_id();
  v_last bigint;
  v_next record;
begin
  insert into crm.automation_turns (automation_id, place) values (p_automation, p_place)
    on conflict do nothing;
  select t.last_user into v_last from crm.automation_turns t
    where t.workspace_id = v_workspace and t.automation_id = p_automation and t.place = p_place for update;
  select u.id, u.number into v_next
    from unnest(p_users) with ordinality as given (number, place)
    join crm.users u on u.workspace_id = v_workspace and u.number = given.number
    where u.status <> 'inactive'
    order by given.place <= coalesce(array_position(p_users, v_last), 0), given.place limit 1;
  if found then
    update crm.automation_turns t set last_user = v_next.number
      where t.workspace_id = v_workspace and t.automation_id = p_automation and t.place = p_place;
  end if;
  return v_next.id;
end
$$;

-- Raises LB015, as app.linked_ids does, unless all of these lead to records: {"field", "record", "table",
-- "number", "types"?}, where types are those that an integration may have.
create function app.require_records(p_links jsonb) returns void
language plpgsql stable
set search_path = ''
as $$
declare
  v_link record;
  v_is_there boolean;
  v_unknown jsonb := '[]';
begin
  for v_link in
    select * from jsonb_to_recordset(p_links)
      as link ("field" text, "record" text, "table" text, "number" bigint, "types" text[])
  loop
    if v_link."table" is null
        or v_link."table" not in ('forms', 'integrations', 'pipelines', 'stages', 'users') then
      raise exception using errcode = '22023', message = 'a link to no table of records';
    end if;
    execute format('select exists (select from crm.%I r where r.number = $1%s)', v_link."table",
        case when v_link."types" is not null then ' and r.type = any ($2)' end)
      into v_is_there using v_link."number", v_link."types";
    if not v_is_there then
      v_unknown := v_unknown || jsonb_build_object('field', v_link."field", 'record', v_link."record");
    end if;
  end loop;
  if v_unknown <> '[]' then
    raise exception using errcode = 'LB015', message = v_unknown::text;
  end if;
end
$$;

comment on function app.require_records(jsonb) is
  'Runs as its caller, so that the row policies hide the records of other workspaces.';

revoke execute on all routines in schema app from public;
grant execute on function app.choose_next_user(uuid, integer, bigint[]), app.require_records(jsonb)
  to lumenbase_api;
