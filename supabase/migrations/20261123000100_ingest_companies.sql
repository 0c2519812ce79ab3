-- The companies that ingested items name. An item: {"fields": {column: value}, "company_name"?,
-- "company_domain"?, "message"?}, normalised.

-- Finds each item's company as if the items came one by one: by domain, then by name, else a new one.
-- Answers {"items": [{"id", "created", "at"}], "made": [companies], "named": [new domains]}, where
-- "id" is the item's company if it names one, and "at" its contact's company after it.
-- Arrays rather than objects of JSON, each of which would be written anew for every item.
create function app.plan_companies(p_items jsonb) returns jsonb
language plpgsql volatile
set search_path = ''
as $$
declare
  v_workspace constant uuid := app.workspace_id();
  -- What is known so far, at one place in each array: companies by domain, companies by name with the
  -- domain they have, and people with their company.
  v_domains text[] collate "C";
  v_domain_ids text[];
  v_names text[] collate "C";
  v_name_ids text[];
  v_name_domains text[];
  v_emails text[] collate "C";
  v_email_ids text[];
  v_ref record;
  v_id text;
  v_at text;
  v_place integer;
  v_new boolean;
  v_items jsonb[] := '{}';
  v_made jsonb[] := '{}';
  v_named jsonb[] := '{}';
begin
  -- Limit keeps each lookup one of its own: a join is planned as a read of the whole workspace where the
  -- statistics take workspaces for small ones.
  select array_agg(c.domain), array_agg(c.id::text) into v_domains, v_domain_ids
    from (select distinct i ->> 'company_domain' as domain from jsonb_array_elements(p_items) i) given,
      lateral (select c.domain, c.id from crm.companies c
        where c.workspace_id = v_workspace and c.domain = given.domain limit 1) c;
  select array_agg(c.name_key), array_agg(c.id::text), array_agg(c.domain)
    into v_names, v_name_ids, v_name_domains
    from (select distinct app.company_key(i ->> 'company_name') collate "C" as name_key
        from jsonb_array_elements(p_items) i) given,
      lateral (select c.name_key, c.id, c.domain from crm.companies c
        where c.workspace_id = v_workspace and c.name_key = given.name_key
        order by c.id limit 1) c;
  select array_agg(c.email), array_agg(c.company_id::text) into v_emails, v_email_ids
    from (select distinct i #>> '{fields,email}' as email from jsonb_array_elements(p_items) i) given,
      lateral (select c.email, c.company_id from crm.contacts c
        where c.workspace_id = v_workspace and c.email = given.email limit 1) c;

  for v_ref in
    select i ->> 'company_name' as name, i ->> 'company_domain' as domain,
      i #>> '{fields,email}' as email, i -> 'fields' ? 'company_id' as unlinked,
      app.company_key(coalesce(i ->> 'company_name', i ->> 'company_domain')) as name_key
    from jsonb_array_elements(p_items) with ordinality as t (i, ord)
    order by ord
  loop
    v_place := array_position(v_names, v_ref.name_key collate "C");
    v_id := coalesce(v_domain_ids[array_position(v_domains, v_ref.domain collate "C")],
      case when v_ref.name is not null then v_name_ids[v_place] end);
    v_new := v_id is null and v_ref.name_key is not null;
    if v_new then
      v_id := app.uuid_v7();
      v_made := v_made || jsonb_build_object('id', v_id,
        'name', coalesce(v_ref.name, v_ref.domain), 'domain', v_ref.domain);
      if v_place is null then
        v_names := v_names || v_ref.name_key;
        v_name_ids := v_name_ids || v_id;
        v_name_domains := v_name_domains || v_ref.domain;
      end if;
    elsif v_ref.domain is not null and array_position(v_domains, v_ref.domain collate "C") is null
        and v_name_domains[v_place] is null then
      -- A company found by name that has no domain takes the one given.
      v_named := v_named || jsonb_build_object('id', v_id, 'domain', v_ref.domain);
      v_name_domains[v_place] := v_ref.domain;
      v_new := null;
    end if;
    if v_ref.domain is not null and v_new is distinct from false then
      v_domains := v_domains || v_ref.domain;
      v_domain_ids := v_domain_ids || v_id;
    end if;

    v_place := array_position(v_emails, v_ref.email collate "C");
    v_at := case when v_id is not null then v_id when not v_ref.unlinked then v_email_ids[v_place] end;
    if v_place is not null then
      v_email_ids[v_place] := v_at;
    elsif v_ref.email is not null then
      v_emails := v_emails || v_ref.email;
      v_email_ids := v_email_ids || v_at;
    end if;
    v_items := v_items || jsonb_build_object('id', v_id, 'at', v_at, 'created', v_new is true);
  end loop;
  return jsonb_build_object('items', to_jsonb(v_items), 'made', to_jsonb(v_made),
    'named', to_jsonb(v_named));
end
$$;

-- Keeps the companies of a plan's items from being deleted until the transaction ends; whether all that are
-- not to be made are there.
create function app.hold_companies(p_plan jsonb) returns boolean
language plpgsql volatile
set search_path = ''
as $$
declare
  v_ids constant uuid[] := array(
    select distinct known.id::uuid from jsonb_array_elements(p_plan -> 'items') item,
      lateral (values (item ->> 'id'), (item ->> 'at')) known (id)
      where known.id is not null
    except
    select (made ->> 'id')::uuid from jsonb_array_elements(p_plan -> 'made') made);
  v_held integer;
begin
  perform from crm.companies c where c.workspace_id = app.workspace_id() and c.id = any (v_ids)
    order by c.id for key share;
  get diagnostics v_held = row_count;
  return v_held = cardinality(v_ids);
end
$$;

-- Creates the companies the items name and gives domains to those that lack them; answers the plan's
-- items. Whatever others delete meanwhile, their companies are there until the transaction ends.
create function app.resolve_companies(p_items jsonb) returns jsonb
language plpgsql volatile
set search_path = ''
as $$
declare
  v_plan jsonb;
  v_is_locked boolean := false;
begin
  loop
    v_plan := app.plan_companies(p_items);
    if (v_plan -> 'made' <> '[]' or v_plan -> 'named' <> '[]') and not v_is_locked then
      -- Names are not unique, so only a lock keeps two requests from creating one company twice.
      perform pg_advisory_xact_lock(hashtextextended('crm.companies ' || app.workspace_id(), 0));
      v_is_locked := true;
      continue;
    end if;
    exit when app.hold_companies(v_plan);
  end loop;
  if v_plan -> 'made' = '[]' and v_plan -> 'named' = '[]' then
    return v_plan -> 'items';
  end if;
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
grant execute on function app.plan_companies(jsonb), app.hold_companies(jsonb),
  app.resolve_companies(jsonb) to lumenbase_api;
