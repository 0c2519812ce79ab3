-- Pipelines with their stages; every workspace begins with one.

create table crm.pipelines (
  workspace_id uuid not null default app.workspace_id() references crm.workspaces (id) on delete cascade,
  id uuid not null default app.uuid_v7(),
  number bigint not null generated always as identity,
  name text collate "und-x-icu" not null,
  is_default boolean not null default false,
  description text,
  region text,
  -- The most that a deal may be worth.
  max_deal_limit numeric check (max_deal_limit > 0),
  -- Whether it takes new deals.
  is_active boolean not null default true,
  name_key text collate "und-x-icu" not null generated always as (lower(name)) stored,
  search_text text collate "und-x-icu" not null generated always as (
    app.searched(name)) stored,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  primary key (workspace_id, id),
  unique (workspace_id, number)
);

create unique index pipelines_default_key on crm.pipelines (workspace_id) where is_default;
create index pipelines_created_at_idx on crm.pipelines (workspace_id, created_at, id);
create index pipelines_updated_at_idx on crm.pipelines (workspace_id, updated_at, id);
create index pipelines_name_idx on crm.pipelines (workspace_id, name_key, id);
call app.make_tenant_table('pipelines');
call app.make_searchable('pipelines');

create table crm.stages (
  workspace_id uuid not null default app.workspace_id() references crm.workspaces (id) on delete cascade,
  id uuid not null default app.uuid_v7(),
  number bigint not null generated always as identity,
  pipeline_id uuid not null,
  name text collate "und-x-icu" not null,
  name_key text collate "C" not null generated always as (lower(name)) stored,
  position integer not null,
  outcome text not null default 'open' check (outcome in ('open', 'won', 'lost')),
  -- The probability of its deals that have none of their own, in percent.
  probability double precision check (probability between 0 and 100),
  color text,
  max_days_in_stage integer check (max_days_in_stage > 0),
  -- What a stage that a workspace begins with was first called; it stays when the stage is renamed.
  system_key text collate "C",
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  primary key (workspace_id, id),
  unique (workspace_id, number),
  -- Deferrable, so that two of a pipeline can swap their names.
  constraint stages_name_key unique (workspace_id, pipeline_id, name_key) deferrable,
  constraint stages_pipeline_id_fkey foreign key (workspace_id, pipeline_id)
    references crm.pipelines (workspace_id, id) on delete cascade
);

create index stages_position_idx on crm.stages (workspace_id, pipeline_id, position, id);
call app.make_tenant_table('stages');

-- A pipeline as it is read: its stages in order.
create view crm.pipelines_with_stages with (security_invoker = true) as
  select p.*, (
    select coalesce(jsonb_agg(jsonb_build_object(
      'id', s.id, 'name', s.name, 'position', s.position, 'outcome', s.outcome)
      order by s.position, s.id), '[]')
    from crm.stages s where s.workspace_id = p.workspace_id and s.pipeline_id = p.id
  ) as stages
  from crm.pipelines p;

grant select on crm.pipelines_with_stages to lumenbase_api;

create function app.create_default_pipeline(p_workspace uuid) returns void
language sql volatile
set search_path = ''
as $$
  with pipeline as (
    insert into crm.pipelines (workspace_id, name, is_default)
      values (p_workspace, 'Sales pipeline', true)
    returning id
  )
  insert into crm.stages
      (workspace_id, pipeline_id, name, position, outcome, probability, system_key)
    select p_workspace, pipeline.id, stage.name, stage.position, stage.outcome, stage.probability,
      lower(stage.name)
    from pipeline, (values
      ('Lead', 1, 'open', 10), ('Qualified', 2, 'open', 25), ('Proposal', 3, 'open', 50),
      ('Negotiation', 4, 'open', 75), ('Won', 5, 'won', 100), ('Lost', 6, 'lost', 0)
    ) as stage (name, position, outcome, probability)
$$;

create function app.start_workspace() returns trigger
language plpgsql security definer
set search_path = ''
as $$
begin
  perform app.create_default_pipeline(new.id);
  return null;
end
$$;

create trigger start_workspace after insert on crm.workspaces
  for each row execute function app.start_workspace();

revoke execute on all routines in schema app from public;
