-- What ingest looks up, by index whatever the statistics say.

-- How many items, from the first on, fit into the day's room, and the limit that the next one would
-- pass. Requests with ample room share a lock; one near the cap takes it alone, so that no other ingest
-- creates anything meanwhile. It is the first lock of every ingest, so none waits in a circle.
create or replace function app.items_with_room(p_items jsonb, out fit integer, out refused_by text)
language plpgsql volatile
set search_path = ''
as $$
declare
  v_workspace constant uuid := app.workspace_id();
  v_lock constant bigint := hashtextextended('crm.daily_usage ' || v_workspace, 0);
  v_room record;
  v_known text[] collate "C";
begin
  fit := jsonb_array_length(p_items);
  if app.room_is_ample(fit) then
    perform pg_advisory_xact_lock_shared(v_lock);
    return;
  end if;
  perform pg_advisory_xact_lock(v_lock);
  select * into v_room from app.daily_room(false);
  -- Here and below, limit keeps each lookup one of its own: a join is planned as a read of the whole
  -- workspace where the statistics take workspaces for small ones.
  v_known := array(
    select c.email from jsonb_array_elements(p_items) i,
      lateral (select i #>> '{fields,email}' as email) given,
      lateral (select c.email from crm.contacts c
        where c.workspace_id = v_workspace and c.email = given.email limit 1) c);
  with numbered as (
    select i, ord, row_number() over (
      partition by coalesce(i #>> '{fields,email}', ord::text) order by ord) as occurrence
    from jsonb_array_elements(p_items) with ordinality as t (i, ord)
  ), needed as (
    select ord,
      count(*) filter (where occurrence = 1 and (i #>> '{fields,email}' = any (v_known)) is not true)
        over (order by ord) as contacts,
      count(i ->> 'message') over (order by ord) as activities
    from numbered
  )
  select ord - 1, case when needed.contacts > v_room.contacts
      then 'contacts_per_day' else 'activities_per_day' end
    into fit, refused_by
    from needed
    where needed.contacts > v_room.contacts or needed.activities > v_room.activities
    order by ord limit 1;
  fit := coalesce(fit, jsonb_array_length(p_items));
end
$$;

create or replace function app.plan_companies(p_items jsonb) returns jsonb
language plpgsql volatile
set search_path = ''
as $$
declare
  v_workspace constant uuid := app.workspace_id();
  v_by_domain jsonb;
  v_by_name jsonb;
  v_current jsonb;
  v_ref record;
  v_id text;
  v_at text;
  v_items jsonb := '[]';
  v_made jsonb := '[]';
  v_named jsonb := '[]';
begin
  select coalesce(jsonb_object_agg(c.domain, c.id), '{}') into v_by_domain
    from (select distinct i ->> 'company_domain' as domain from jsonb_array_elements(p_items) i) given,
      lateral (select c.domain, c.id from crm.companies c
        where c.workspace_id = v_workspace and c.domain = given.domain limit 1) c;
  select coalesce(jsonb_object_agg(c.name_key, jsonb_build_object('id', c.id, 'domain', c.domain)), '{}')
    into v_by_name
    from (select distinct lower(i ->> 'company_name' collate "und-x-icu") collate "C" as name_key
        from jsonb_array_elements(p_items) i) given,
      lateral (select c.name_key, c.id, c.domain from crm.companies c
        where c.workspace_id = v_workspace and c.name_key = given.name_key
        order by c.id limit 1) c;
  select coalesce(jsonb_object_agg(c.email, c.company_id), '{}') into v_current
    from (select distinct i #>> '{fields,email}' as email from jsonb_array_elements(p_items) i) given,
      lateral (select c.email, c.company_id from crm.contacts c
        where c.workspace_id = v_workspace and c.email = given.email limit 1) c;

  for v_ref in
    select i ->> 'company_name' as name, i ->> 'company_domain' as domain,
      i #>> '{fields,email}' as email, i -> 'fields' ? 'company_id' as unlinked,
      lower(coalesce(i ->> 'company_name', i ->> 'company_domain') collate "und-x-icu") as name_key
    from jsonb_array_elements(p_items) with ordinality as t (i, ord)
    order by ord
  loop
    v_id := coalesce(v_by_domain ->> v_ref.domain,
      case when v_ref.name is not null then v_by_name #>> array[v_ref.name_key, 'id'] end);
    if v_id is null and v_ref.name_key is not null then
      v_id := app.uuid_v7();
      v_made := v_made || jsonb_build_object('id', v_id,
        'name', coalesce(v_ref.name, v_ref.domain), 'domain', v_ref.domain);
      v_by_name := jsonb_build_object(v_ref.name_key,
        jsonb_build_object('id', v_id, 'domain', v_ref.domain)) || v_by_name;
    elsif v_ref.domain is not null and not v_by_domain ? v_ref.domain
        and v_by_name #>> array[v_ref.name_key, 'domain'] is null then
      -- A company found by name that has no domain takes the one given.
      v_named := v_named || jsonb_build_object('id', v_id, 'domain', v_ref.domain);
      v_by_name := jsonb_set(v_by_name, array[v_ref.name_key, 'domain'], to_jsonb(v_ref.domain));
      v_by_domain := v_by_domain || jsonb_build_object(v_ref.domain, v_id);
    end if;
    if v_ref.domain is not null and not v_by_domain ? v_ref.domain
        and v_made @> jsonb_build_array(jsonb_build_object('id', v_id, 'domain', v_ref.domain)) then
      v_by_domain := v_by_domain || jsonb_build_object(v_ref.domain, v_id);
    end if;
    v_at := case when v_id is not null then v_id
      when v_ref.unlinked then null else v_current ->> v_ref.email end;
    if v_ref.email is not null then
      v_current := v_current || jsonb_build_object(v_ref.email, v_at);
    end if;
    v_items := v_items || jsonb_build_object('id', v_id, 'at', v_at,
      'created', v_made @> jsonb_build_array(jsonb_build_object('id', v_id))
        and not v_items @> jsonb_build_array(jsonb_build_object('id', v_id)));
  end loop;
  return jsonb_build_object('items', v_items, 'made', v_made, 'named', v_named);
end
$$;
