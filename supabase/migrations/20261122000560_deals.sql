-- Deals (spec: Deals).

create table crm.deals (
  workspace_id uuid not null default app.workspace_id() references crm.workspaces (id) on delete cascade,
  id uuid not null default app.uuid_v7(),
  number bigint not null generated always as identity,
  title text collate "und-x-icu" not null,
  value numeric,
  currency text not null default 'USD' check (currency ~ '^[A-Z]{3}$'),
  pipeline_id uuid,
  stage text collate "und-x-icu",
  -- The stage of the pipeline that `stage` names; null when it is a free text.
  stage_id uuid,
  status text not null default 'open',
  probability double precision check (probability between 0 and 100),
  expected_close_date date,
  -- When it became won or lost; null of others.
  closed_at timestamptz,
  -- When it came into its stage.
  stage_changed_at timestamptz not null default now(),
  priority smallint not null default 2 check (priority between 1 and 4),
  description text,
  company_id uuid,
  contact_id uuid,
  lead_id uuid,
  assigned_to uuid,
  -- Text that sorts like the value: comparing numeric is not leakproof, so under row-level security it
  -- could not use an index.
  value_key text collate "C" not null generated always as (
    coalesce(lpad(round(value + 1e20, 10)::text, 32, '0'), '')) stored,
  -- The stages it is or was at, in the order of their ids; of more than 64, those that are furthest on.
  visited uuid[] not null default '{}',
  -- The most it was ever worth, and how often its expected close date was moved to a later one.
  greatest_value numeric,
  postponements integer not null default 0,
  -- The status as far as it tells whether the deal is decided.
  outcome text not null generated always as (
    case when status in ('won', 'lost') then status else 'open' end) stored,
  title_key text collate "C" not null generated always as (lower(title)) stored,
  expected_close_date_key date not null generated always as (
    coalesce(expected_close_date, 'infinity')) stored,
  search_text text collate "und-x-icu" not null generated always as (
    app.searched(title)) stored,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  primary key (workspace_id, id),
  unique (workspace_id, number),
  constraint deals_pipeline_id_fkey foreign key (workspace_id, pipeline_id)
    references crm.pipelines (workspace_id, id) on delete set null (pipeline_id),
  constraint deals_stage_id_fkey foreign key (workspace_id, stage_id)
    references crm.stages (workspace_id, id) on delete set null (stage_id),
  constraint deals_company_id_fkey foreign key (workspace_id, company_id)
    references crm.companies (workspace_id, id) on delete set null (company_id),
  constraint deals_contact_id_fkey foreign key (workspace_id, contact_id)
    references crm.contacts (workspace_id, id) on delete set null (contact_id),
  constraint deals_lead_id_fkey foreign key (workspace_id, lead_id)
    references crm.leads (workspace_id, id) on delete set null (lead_id),
  constraint deals_assigned_to_fkey foreign key (workspace_id, assigned_to)
    references crm.users (workspace_id, id) on delete set null (assigned_to)
);

create index deals_created_at_idx on crm.deals (workspace_id, created_at, id);
create index deals_updated_at_idx on crm.deals (workspace_id, updated_at, id);
create index deals_title_idx on crm.deals (workspace_id, title, id);
create index deals_title_key_idx on crm.deals (workspace_id, title_key, (status = 'open'), id);
create index deals_value_idx on crm.deals (workspace_id, value_key, id);
create index deals_expected_close_date_idx on crm.deals (workspace_id, expected_close_date_key, id);
create index deals_stage_idx on crm.deals (workspace_id, stage, created_at, id);
create index deals_stage_id_idx on crm.deals (workspace_id, stage_id, created_at, id);
create index deals_status_idx on crm.deals (workspace_id, status, created_at, id);
create index deals_outcome_idx on crm.deals (workspace_id, outcome, created_at, id);
create index deals_closed_at_idx on crm.deals (workspace_id, closed_at, id) where closed_at is not null;
create index deals_pipeline_id_idx on crm.deals (workspace_id, pipeline_id, created_at, id);
create index deals_company_id_idx on crm.deals (workspace_id, company_id, created_at, id);
create index deals_contact_id_idx on crm.deals (workspace_id, contact_id, created_at, id);
create index deals_lead_id_idx on crm.deals (workspace_id, lead_id, created_at, id);
create index deals_assigned_to_idx on crm.deals (workspace_id, assigned_to, created_at, id);
call app.make_tenant_table('deals');
call app.count_by('deals', '{stage, status, outcome, pipeline_id, stage_id, visited}');
call app.make_searchable('deals');

comment on column crm.deals.title_key is
  'The lower-case title. Compared instead of lower(title), which is not leakproof and so could not use an index under row-level security.';

-- Raises LB003 unless the pipeline has a stage of this name. A pipeline that does not exist is left
-- to the foreign key.
create function app.require_stage(p_pipeline uuid, p_stage text) returns void
language plpgsql stable
set search_path = ''
as $$
declare
  v_stages constant text := (
    select string_agg(s.name, ', ' order by s.position) from crm.stages s
    where s.workspace_id = app.workspace_id() and s.pipeline_id = p_pipeline);
begin
  if v_stages is not null and not exists (
    select from crm.stages s
    where s.workspace_id = app.workspace_id() and s.pipeline_id = p_pipeline
      and s.name_key = lower(p_stage collate "und-x-icu") collate "C"
  ) then
    raise exception using errcode = 'LB003', message = v_stages;
  end if;
end
$$;

-- Puts a deal into its pipeline: the default one when none is named, at its first stage when none is
-- named. A stage of the pipeline is spelled as there, and a won or lost one sets the status. A stage that
-- is given by its id decides the pipeline, or must be of the pipeline given with it.
create function app.place_deal() returns trigger
language plpgsql
set search_path = ''
as $$
declare
  v_stage crm.stages;
  v_new constant boolean := tg_op = 'INSERT';
  v_renamed constant boolean := v_new or new.stage is distinct from old.stage;
  v_moved constant boolean := v_new or new.pipeline_id is distinct from old.pipeline_id;
  v_chosen constant boolean := v_new or new.stage_id is distinct from old.stage_id;
begin
  if not (v_renamed or v_moved or v_chosen) then
    return new;
  elsif v_chosen and new.stage_id is not null then
    select s.* into v_stage from crm.stages s
      where s.workspace_id = new.workspace_id and s.id = new.stage_id;
    if not found then
      -- The foreign key refuses it.
      return new;
    elsif v_moved and v_stage.pipeline_id <> new.pipeline_id then
      raise exception 'the pipeline has no such stage'
        using errcode = 'foreign_key_violation', constraint = 'deals_stage_id_fkey', table = tg_table_name;
    end if;
    new.pipeline_id := v_stage.pipeline_id;
  else
    if new.pipeline_id is null and v_renamed then
      new.pipeline_id := (
        select p.id from crm.pipelines p where p.workspace_id = new.workspace_id and p.is_default);
    end if;
    select s.* into v_stage from crm.stages s
      where s.workspace_id = new.workspace_id and s.pipeline_id = new.pipeline_id
        and s.name_key = lower(new.stage collate "und-x-icu") collate "C"
      -- While stages swap their names two have one: a deal stays in its own.
      order by s.id is not distinct from old.stage_id desc limit 1;
    if not found and (new.stage is null or (v_moved and not v_renamed)) then
      select s.* into v_stage from crm.stages s
        where s.workspace_id = new.workspace_id and s.pipeline_id = new.pipeline_id
        order by s.position, s.id limit 1;
    end if;
    new.stage_id := v_stage.id;
  end if;
  if v_stage.id is null then
    return new;
  end if;
  new.stage := v_stage.name;
  if not v_new and v_stage.id = old.stage_id then
    return new;
  elsif v_stage.outcome <> 'open' then
    new.status := v_stage.outcome;
  elsif not v_new and new.status = old.status and old.status in ('won', 'lost') then
    new.status := 'open';
  end if;
  return new;
end
$$;

-- Runs behind place_deal, which sets the stage. No more are kept than a count can be by (an index entry has
-- 2,700 bytes): who came that far has been at the stages before.
create function app.visit_stage() returns trigger
language plpgsql
set search_path = ''
as $$
declare
  v_most constant integer := 64;
  v_visited uuid[] := new.visited;
begin
  if cardinality(v_visited) >= v_most then
    v_visited := array(
      select s.id from crm.stages s
      where s.workspace_id = new.workspace_id and s.id = any (v_visited)
      order by s.position desc, s.id limit v_most - 1);
  end if;
  new.visited := array(select distinct stage from unnest(v_visited || new.stage_id) stage order by stage);
  return new;
end
$$;

create trigger visit_stage before insert or update on crm.deals
  for each row when (new.stage_id <> all (new.visited)) execute function app.visit_stage();

-- Runs behind place_deal, which sets the status.
create function app.set_closed_at() returns trigger
language plpgsql
set search_path = ''
as $$
begin
  if new.status not in ('won', 'lost') then
    new.closed_at := null;
  elsif tg_op = 'INSERT' or new.status is distinct from old.status then
    new.closed_at := now();
  end if;
  return new;
end
$$;

create trigger set_closed_at before insert or update on crm.deals
  for each row when (new.status in ('won', 'lost') or new.closed_at is not null)
  execute function app.set_closed_at();
create trigger place_deal before insert or update on crm.deals
  for each row execute function app.place_deal();

-- Runs behind place_deal, which sets the stage: what a forecast knows of the deal's past. A stage that is
-- renamed is the same one, and a deal whose stage is deleted has entered none.
create function app.track_deal() returns trigger
language plpgsql
set search_path = ''
as $$
begin
  if tg_op = 'INSERT' then
    new.greatest_value := new.value;
    return new;
  end if;
  if new.stage_id is distinct from old.stage_id and new.stage_id is not null
      or new.stage_id is null and new.stage is distinct from old.stage then
    new.stage_changed_at := now();
  end if;
  new.greatest_value := greatest(old.greatest_value, new.value);
  if new.expected_close_date > old.expected_close_date then
    new.postponements := old.postponements + 1;
  end if;
  return new;
end
$$;

create trigger track_deal before insert or update on crm.deals
  for each row execute function app.track_deal();

revoke execute on all routines in schema app from public;
grant execute on function app.require_stage(uuid, text) to lumenbase_api;
