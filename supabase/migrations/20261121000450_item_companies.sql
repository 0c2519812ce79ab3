-- The companies that ingested items name. An item: {"fields": {column: value}, "company_name"?,
-- "company_domain"?, "message"?}, normalised.

-- Finds each item's company as if the items came one by one: by domain, then by name, else a new one.
-- Answers {"items": [{"id", "created", "at"}], "made": [companies], "named": [new domains]}, where
-- "id" is the item's company if it names one, and "at" its contact's company after it.
create function app.plan_companies(p_items jsonb) returns jsonb
language plpgsql volatile
set search_path = ''
as $$
declare
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
    from crm.companies c
    where c.workspace_id = app.workspace_id()
      and c.domain = any (array(select i ->> 'company_domain' from jsonb_array_elements(p_items) i));
  select coalesce(jsonb_object_agg(c.name_key, jsonb_build_object('id', c.id, 'domain', c.domain)
      order by c.id desc), '{}') into v_by_name
    from crm.companies c
    where c.workspace_id = app.workspace_id()
      and c.name_key = any (array(
        select lower(i ->> 'company_name' collate "und-x-icu") collate "C"
        from jsonb_array_elements(p_items) i));
  select coalesce(jsonb_object_agg(c.email, c.company_id), '{}') into v_current
    from crm.contacts c
    where c.workspace_id = app.workspace_id()
      and c.email = any (array(select i #>> '{fields,email}' from jsonb_array_elements(p_items) i));

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

-- Creates the companies the items name and gives domains to those that lack them; answers the plan's
-- items.
create function app.resolve_companies(p_items jsonb) returns jsonb
language plpgsql volatile
set search_path = ''
as $$
declare
  v_plan jsonb := app.plan_companies(p_items);
  v_count integer;
begin
  if v_plan -> 'made' = '[]' and v_plan -> 'named' = '[]' then
    return v_plan -> 'items';
  end if;
  -- Names are not unique, so only a lock keeps two requests from creating one company twice.
  perform pg_advisory_xact_lock(hashtextextended('crm.companies ' || app.workspace_id(), 0));
  v_plan := app.plan_companies(p_items);
  begin
    insert into crm.companies (id, name, domain)
      select (made ->> 'id')::uuid, made ->> 'name', made ->> 'domain'
      from jsonb_array_elements(v_plan -> 'made') made;
    update crm.companies c set domain = named.domain
      from jsonb_to_recordset(v_plan -> 'named') as named (id uuid, domain text)
      where c.workspace_id = app.workspace_id() and c.id = named.id;
  exception when unique_violation then
    -- Only a request that is no ingest can have taken the domain meanwhile.
    raise exception 'a company''s domain was taken meanwhile' using errcode = '40001';
  end;
  return v_plan -> 'items';
end
$$;

revoke execute on all routines in schema app from public;
grant execute on function app.plan_companies(jsonb), app.resolve_companies(jsonb) to lumenbase_api;
