-- The stages that deals went through.

create table crm.stage_changes (
  workspace_id uuid not null default app.workspace_id() references crm.workspaces (id) on delete cascade,
  id uuid not null default app.uuid_v7(),
  deal_id uuid not null,
  at timestamptz not null default now(),
  -- The stages with their names at the time; none before the deal was made, or for a text that is none.
  from_stage_id uuid,
  from_stage text,
  to_stage_id uuid,
  to_stage text,
  -- The user who moved it, if a user did.
  user_id uuid,
  primary key (workspace_id, id),
  constraint stage_changes_deal_id_fkey foreign key (workspace_id, deal_id)
    references crm.deals (workspace_id, id) on delete cascade,
  constraint stage_changes_from_stage_id_fkey foreign key (workspace_id, from_stage_id)
    references crm.stages (workspace_id, id) on delete set null (from_stage_id),
  constraint stage_changes_to_stage_id_fkey foreign key (workspace_id, to_stage_id)
    references crm.stages (workspace_id, id) on delete set null (to_stage_id),
  constraint stage_changes_user_id_fkey foreign key (workspace_id, user_id)
    references crm.users (workspace_id, id) on delete set null (user_id)
);

create index stage_changes_deal_id_idx on crm.stage_changes (workspace_id, deal_id, at, id);
create index stage_changes_to_stage_id_idx on crm.stage_changes (workspace_id, to_stage_id, deal_id);
create index stage_changes_from_stage_id_idx on crm.stage_changes (workspace_id, from_stage_id);
create index stage_changes_user_id_idx on crm.stage_changes (workspace_id, user_id);
call app.make_tenant_table('stage_changes');
call app.count_by('stage_changes', '{deal_id}');

create function app.keep_stage_change() returns trigger
language plpgsql
set search_path = ''
as $$
begin
  insert into crm.stage_changes
      (workspace_id, deal_id, from_stage_id, from_stage, to_stage_id, to_stage, user_id)
    values (new.workspace_id, new.id, old.stage_id, old.stage, new.stage_id, new.stage,
      app.acting_user());
  return null;
end
$$;

-- The same for deals that are made: those of one statement at once.
create function app.keep_first_stages() returns trigger
language plpgsql
set search_path = ''
as $$
declare
  v_user constant uuid := app.acting_user();
begin
  if exists (select from added where stage is not null) then
    insert into crm.stage_changes (workspace_id, deal_id, to_stage_id, to_stage, user_id)
      select workspace_id, id, stage_id, stage, v_user from added where stage is not null;
  end if;
  return null;
end
$$;

create trigger keep_first_stage after insert on crm.deals
  referencing new table as added for each statement execute function app.keep_first_stages();
-- A stage that is renamed is the same one, and a deal whose stage is deleted has entered none.
create trigger keep_stage_change after update of stage_id, stage, pipeline_id on crm.deals
  for each row when (
    new.stage_id is distinct from old.stage_id and new.stage_id is not null
    or new.stage_id is null and new.stage is distinct from old.stage)
  execute function app.keep_stage_change();

revoke execute on all routines in schema app from public;
