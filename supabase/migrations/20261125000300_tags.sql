-- Tags, and which leads have them.

create table crm.tags (
  workspace_id uuid not null default app.workspace_id() references crm.workspaces (id) on delete cascade,
  id uuid not null default app.uuid_v7(),
  number bigint not null generated always as identity,
  name text collate "und-x-icu" not null,
  name_key text collate "C" not null generated always as (lower(name)) stored,
  color text,
  parent_id uuid,
  -- One that is not stays where it is, and cannot be given to more leads by LIO.
  is_active boolean not null default true,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  primary key (workspace_id, id),
  unique (workspace_id, number),
  constraint tags_name_key unique (workspace_id, name_key),
  constraint tags_parent_id_fkey foreign key (workspace_id, parent_id)
    references crm.tags (workspace_id, id) on delete set null (parent_id)
);

create index tags_parent_id_idx on crm.tags (workspace_id, parent_id);
create index tags_created_at_idx on crm.tags (workspace_id, created_at, id);
create index tags_updated_at_idx on crm.tags (workspace_id, updated_at, id);
create index tags_name_idx on crm.tags (workspace_id, name, id);
call app.make_tenant_table('tags');
call app.record_events('tags');

create table crm.lead_tags (
  workspace_id uuid not null default app.workspace_id() references crm.workspaces (id) on delete cascade,
  lead_id uuid not null,
  tag_id uuid not null,
  primary key (workspace_id, lead_id, tag_id),
  constraint lead_tags_lead_id_fkey foreign key (workspace_id, lead_id)
    references crm.leads (workspace_id, id) on delete cascade,
  constraint lead_tags_tag_id_fkey foreign key (workspace_id, tag_id)
    references crm.tags (workspace_id, id) on delete cascade
);

create index lead_tags_tag_id_idx on crm.lead_tags (workspace_id, tag_id, lead_id);
call app.make_tenant_table('lead_tags');
call app.count_by('lead_tags', '{tag_id}');
call app.record_events('lead_tags');

-- How many leads have the tag, from the counts.
create view crm.tags_with_counts with (security_invoker = true) as
  select t.*, (
    select coalesce(sum(c.records), 0)::bigint from crm.record_counts c
    where c.workspace_id = t.workspace_id and c.resource = 'lead_tags' and c.field = 'tag_id'
      and c.value = t.id::text) as leads_count
  from crm.tags t;

-- A lead as it is read: the names of its tags in alphabetical order, its company's name, and the numbers
-- of what it is linked to.
create view crm.leads_with_links with (security_invoker = true) as
  select l.*,
    array(select t.name from crm.lead_tags lt
      join crm.tags t on t.workspace_id = lt.workspace_id and t.id = lt.tag_id
      where lt.workspace_id = l.workspace_id and lt.lead_id = l.id order by t.name, t.id) as tags,
    (select c.name from crm.companies c
      where c.workspace_id = l.workspace_id and c.id = l.company_id) as company,
    (select c.number from crm.contacts c
      where c.workspace_id = l.workspace_id and c.id = l.contact_id) as contact_number,
    (select p.number from crm.pipelines p
      where p.workspace_id = l.workspace_id and p.id = l.pipeline_id) as pipeline_number,
    (select s.number from crm.stages s
      where s.workspace_id = l.workspace_id and s.id = l.stage_id) as stage_number,
    (select u.number from crm.users u
      where u.workspace_id = l.workspace_id and u.id = l.assigned_to) as assigned_number
  from crm.leads l;

grant select on crm.tags_with_counts, crm.leads_with_links to lumenbase_api;

-- The tags of these names, made when new and held until the transaction ends. Names that differ in case
-- alone are one, spelled as the first. Tags are locked in the order of their names.
create function app.tags_named(p_names text[]) returns uuid[]
language plpgsql volatile
set search_path = ''
as $$
declare
  v_workspace constant uuid := app.workspace_id();
  v_keys constant text[] collate "C" := array(
    select distinct lower(name collate "und-x-icu") collate "C" from unnest(p_names) name);
  v_ids uuid[];
begin
  for attempt in 1..2 loop
    v_ids := array(
      select t.id from crm.tags t where t.workspace_id = v_workspace and t.name_key = any (v_keys)
      order by t.name_key for key share);
    if cardinality(v_ids) = cardinality(v_keys) then
      return v_ids;
    end if;
    insert into crm.tags (name)
      select given.name from (
        select distinct on (key) key, name
        from unnest(p_names) with ordinality as one (name, place),
          lateral (select lower(name collate "und-x-icu") collate "C" as key) its
        order by key, place) given
      where not exists (
        select from crm.tags t where t.workspace_id = v_workspace and t.name_key = given.key)
      order by given.key
      on conflict (workspace_id, name_key) do nothing;
  end loop;
  raise exception 'a tag was deleted meanwhile' using errcode = '40001';
end
$$;

-- Gives a lead these tags and no others; answers whether that changed any.
create function app.set_lead_tags(p_lead uuid, p_names text[]) returns boolean
language plpgsql volatile
set search_path = ''
as $$
declare
  v_tags constant uuid[] := app.tags_named(p_names);
  v_changed boolean;
begin
  delete from crm.lead_tags lt
    where lt.workspace_id = app.workspace_id() and lt.lead_id = p_lead and lt.tag_id <> all (v_tags);
  v_changed := found;
  insert into crm.lead_tags (lead_id, tag_id) select p_lead, tag from unnest(v_tags) tag
    on conflict do nothing;
  return v_changed or found;
end
$$;

-- Gives a lead more tags, as many of them as it can have; answers whether that changed any.
create function app.add_lead_tags(p_lead uuid, p_names text[]) returns boolean
language plpgsql volatile
set search_path = ''
as $$
declare
  v_workspace constant uuid := app.workspace_id();
  v_names constant text[] := array(
    select one.name from unnest(p_names) with ordinality one (name, place)
    where not exists (
      select from crm.lead_tags lt join crm.tags t on t.workspace_id = lt.workspace_id and t.id = lt.tag_id
      where lt.workspace_id = v_workspace and lt.lead_id = p_lead
        and t.name_key = lower(one.name collate "und-x-icu") collate "C")
    order by place
    limit greatest(0, 50 - (select count(*) from crm.lead_tags lt
      where lt.workspace_id = v_workspace and lt.lead_id = p_lead)));
begin
  insert into crm.lead_tags (lead_id, tag_id) select p_lead, tag from unnest(app.tags_named(v_names)) tag
    on conflict do nothing;
  return found;
end
$$;

-- Gives a lead one tag more; answers the lead, or nothing when there is none. Raises LB013 when it has 50.
create function app.add_lead_tag(p_id uuid, p_name text) returns setof crm.leads_with_links
language plpgsql volatile
set search_path = ''
as $$
declare
  v_workspace constant uuid := app.workspace_id();
begin
  perform from crm.leads l where l.workspace_id = v_workspace and l.id = p_id for no key update;
  if not found then
    return;
  end if;
  insert into crm.lead_tags (lead_id, tag_id) select p_id, tag from unnest(app.tags_named(array[p_name])) tag
    on conflict do nothing;
  if found then
    if (select count(*) > 50 from crm.lead_tags lt
        where lt.workspace_id = v_workspace and lt.lead_id = p_id) then
      raise exception 'a lead has at most 50 tags' using errcode = 'LB013';
    end if;
    update crm.leads l set updated_at = now() where l.workspace_id = v_workspace and l.id = p_id;
  end if;
  return query select * from crm.leads_with_links l where l.workspace_id = v_workspace and l.id = p_id;
end
$$;

-- Takes a tag off a lead; answers the lead, or nothing when there is no such lead or it lacks the tag.
create function app.remove_lead_tag(p_id uuid, p_name text) returns setof crm.leads_with_links
language plpgsql volatile
set search_path = ''
as $$
declare
  v_workspace constant uuid := app.workspace_id();
  v_key constant text collate "C" := lower(p_name collate "und-x-icu");
begin
  perform from crm.leads l where l.workspace_id = v_workspace and l.id = p_id for no key update;
  delete from crm.lead_tags lt
    where lt.workspace_id = v_workspace and lt.lead_id = p_id and lt.tag_id = (
      select t.id from crm.tags t where t.workspace_id = v_workspace and t.name_key = v_key);
  if found then
    update crm.leads l set updated_at = now() where l.workspace_id = v_workspace and l.id = p_id;
    return query select * from crm.leads_with_links l where l.workspace_id = v_workspace and l.id = p_id;
  end if;
end
$$;

revoke execute on all routines in schema app from public;
grant execute on function app.tags_named(text[]), app.set_lead_tags(uuid, text[]),
  app.add_lead_tags(uuid, text[]), app.add_lead_tag(uuid, text), app.remove_lead_tag(uuid, text) to lumenbase_api;
