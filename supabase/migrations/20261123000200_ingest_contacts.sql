-- Contact ingest, one or many at a time, in a number of statements that does not grow with them.
-- An item: {"fields": {column: value}, "company_name"?, "company_domain"?, "message"?}, normalised.

-- How many items, from the first on, fit into the day's quota, and the limit that the next one would
-- pass. Requests with ample quota share a lock; one near the cap takes it alone, so that no other ingest
-- creates anything meanwhile. It is the first lock of every ingest, so none waits in a circle.
create function app.items_within_quota(p_items jsonb, out fit integer, out refused_by text)
language plpgsql volatile
set search_path = ''
as $$
declare
  v_workspace constant uuid := app.workspace_id();
  v_lock constant bigint := hashtextextended('crm.daily_usage ' || v_workspace, 0);
  v_left record;
  v_known text[] collate "C";
begin
  fit := jsonb_array_length(p_items);
  if app.quota_is_ample(fit) then
    perform pg_advisory_xact_lock_shared(v_lock);
    return;
  end if;
  perform pg_advisory_xact_lock(v_lock);
  select * into v_left from app.daily_quota_left(false);
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
  select ord - 1, case when needed.contacts > v_left.contacts
      then 'contacts_per_day' else 'activities_per_day' end
    into fit, refused_by
    from needed
    where needed.contacts > v_left.contacts or needed.activities > v_left.activities
    order by ord limit 1;
  fit := coalesce(fit, jsonb_array_length(p_items));
end
$$;

-- One entry a person ({"ord", "id", "email", "fields"}): the fields of all items with that email, the
-- later item winning. "id" is the contact's id should it be new; "ord" is the person's first item.
create function app.people_of(p_items jsonb, p_companies jsonb) returns jsonb
language plpgsql volatile
set search_path = ''
as $$
begin
  return (
    select coalesce(jsonb_agg(jsonb_build_object('ord', ord, 'id', app.uuid_v7(), 'email', email,
        'fields', case when cardinality(given) = 1 then given[1] else (
          select jsonb_object_agg(field.key, field.value order by nth)
          from unnest(given) with ordinality as one (fields, nth), jsonb_each(one.fields) field
        ) end) order by ord), '[]')
    from (
      select min(ord) as ord, email, array_agg(fields order by ord) as given
      from (
        select ord, item #>> '{fields,email}' as email,
          (item -> 'fields') || case when p_companies #>> array[(ord - 1)::text, 'id'] is null
            then '{}'
            else jsonb_build_object('company_id', p_companies #> array[(ord - 1)::text, 'id'])
          end as fields
        from jsonb_array_elements(p_items) with ordinality as t (item, ord)
      ) items
      group by email, coalesce(email, ord::text)
    ) people);
end
$$;

create function app.upsert_people(p_people jsonb) returns integer
language plpgsql volatile
set search_path = ''
as $$
begin
  return (
    select count(*) from app.write_people(p_people) c
    where c.id = any (array(select (p ->> 'id')::uuid from jsonb_array_elements(p_people) p)));
end
$$;

comment on function app.upsert_people(jsonb) is 'Writes the people; answers how many of them are new.';

-- Ingests items in order; several items with one email act in order on one contact. The items from
-- the first that would pass a daily limit on are not ingested: their rows name it in refused_by. An email that a
-- contact is known by besides its own stands for that contact.
create function app.ingest_contacts(p_items jsonb)
returns table (
  item integer, contact crm.contacts, created boolean, company crm.companies,
  company_created boolean, refused_by text
)
language plpgsql volatile
set search_path = ''
as $$
declare
  v_workspace constant uuid := app.workspace_id();
  v_left record;
  v_given constant jsonb := app.with_present_emails(p_items, '{fields, email}');
  v_items jsonb := v_given;
  v_companies jsonb := '[]';
  v_people jsonb;
  v_written crm.contacts[];
  v_contacts jsonb;
  v_with_more constant boolean := p_items @?
    '$[*] ? (exists(@.company_name) || exists(@.company_domain) || exists(@.message))';
begin
  select * into v_left from app.items_within_quota(v_given);
  if v_left.refused_by is not null then
    select coalesce(jsonb_agg(t.item order by t.ord), '[]') into v_items
      from jsonb_array_elements(v_given) with ordinality as t (item, ord)
      where t.ord <= v_left.fit;
  end if;

  if v_with_more then
    v_companies := app.resolve_companies(v_items);
  end if;
  v_people := app.people_of(v_items, v_companies);
  v_written := array(select c from app.write_people(v_people) c);

  select coalesce(jsonb_object_agg(t.ord, jsonb_build_object(
      'id', c.id, 'created', c.id = p.id and t.ord = p.ord)), '{}')
    into v_contacts
    from jsonb_array_elements(v_items) with ordinality as t (item, ord)
    join jsonb_to_recordset(v_people) as p (ord bigint, id uuid, email text)
      on coalesce(p.email, p.ord::text) = coalesce(t.item #>> '{fields,email}', t.ord::text)
    join unnest(v_written) c on coalesce(c.email, c.id::text) = coalesce(p.email, p.id::text);

  if v_with_more then
    insert into crm.activities (type, title, description, contact_id, company_id, data)
      select 'note', 'Message', t.item ->> 'message', (v_contacts #>> array[t.ord::text, 'id'])::uuid,
        (v_companies #>> array[(t.ord - 1)::text, 'at'])::uuid,
        jsonb_strip_nulls(jsonb_build_object('source', t.item #>> '{fields,source}'))
      from jsonb_array_elements(v_items) with ordinality as t (item, ord)
      where t.item ->> 'message' is not null
      order by t.ord;
  end if;

  perform app.use_daily_quota(
    (select count(*)::integer from jsonb_each(v_contacts) where (value ->> 'created')::boolean),
    (select count(i ->> 'message')::integer from jsonb_array_elements(v_items) i));

  return query
    select done.key::integer, c, (done.value ->> 'created')::boolean, its.company,
      coalesce((v_companies #>> array[(done.key::integer - 1)::text, 'created'])::boolean, false),
      null::text
    from jsonb_each(v_contacts) done
    join unnest(v_written) c on c.id = (done.value ->> 'id')::uuid
    left join lateral (select co as company from crm.companies co
      where co.workspace_id = v_workspace and co.id = c.company_id limit 1) its on true
    union all
    select refused, null, false, null, false, v_left.refused_by
    from generate_series(v_left.fit + 1, jsonb_array_length(p_items)) refused;
end
$$;

revoke execute on all routines in schema app from public;
grant execute on function app.items_within_quota(jsonb), app.people_of(jsonb, jsonb),
  app.upsert_people(jsonb), app.ingest_contacts(jsonb) to lumenbase_api;
