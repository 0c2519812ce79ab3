-- Until the branch `migrations` has them in their create tables.

alter table crm.users
  add column role text not null default 'member' check (role in ('admin', 'member', 'viewer')),
  add column status text not null default 'invited' check (status in ('active', 'invited', 'inactive')),
  add column last_sign_in_at timestamptz;
alter table crm.stages
  add column probability double precision check (probability between 0 and 100),
  add column color text,
  add column system_key text collate "C";
alter table crm.deals
  add column stage_id uuid,
  add constraint deals_stage_id_fkey foreign key (workspace_id, stage_id)
    references crm.stages (workspace_id, id) on delete set null (stage_id);
create index deals_stage_id_idx on crm.deals (workspace_id, stage_id, created_at, id);
grant insert, update, delete on crm.users, crm.pipelines, crm.stages to lumenbase_api;

create or replace function app.place_deal() returns trigger
language plpgsql
set search_path = ''
as $$
declare
  v_stage crm.stages;
  v_moved constant boolean := tg_op = 'INSERT'
    or new.stage is distinct from old.stage or new.pipeline_id is distinct from old.pipeline_id;
begin
  if not v_moved then
    return new;
  end if;
  if new.pipeline_id is null and (tg_op = 'INSERT' or new.stage is distinct from old.stage) then
    new.pipeline_id := (
      select p.id from crm.pipelines p where p.workspace_id = new.workspace_id and p.is_default);
  end if;
  select s.* into v_stage from crm.stages s
    where s.workspace_id = new.workspace_id and s.pipeline_id = new.pipeline_id
      and s.name_key = lower(new.stage collate "und-x-icu") collate "C";
  if not found and (new.stage is null or (tg_op = 'UPDATE' and new.stage is not distinct from old.stage)) then
    select s.* into v_stage from crm.stages s
      where s.workspace_id = new.workspace_id and s.pipeline_id = new.pipeline_id
      order by s.position, s.id limit 1;
  end if;
  new.stage_id := v_stage.id;
  if v_stage.id is null then
    return new;
  end if;
  new.stage := v_stage.name;
  if tg_op = 'UPDATE' and v_stage.id = old.stage_id then
    return new;
  end if;
  if v_stage.outcome <> 'open' then
    new.status := v_stage.outcome;
  elsif tg_op = 'UPDATE' and new.status = old.status and old.status in ('won', 'lost') then
    new.status := 'open';
  end if;
  return new;
end
$$;
