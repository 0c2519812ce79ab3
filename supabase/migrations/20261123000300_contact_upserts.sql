-- The functions that write the columns of a contact, made from the catalog so that a new column is written
-- by all of them: app.write_people, app.land_contact, app.ingest, app.ingest_one and app.ingest_alike.

-- Makes or remakes them, for the columns that crm.contacts has now.
create procedure app.make_contact_upserts()
language plpgsql
set search_path = ''
as $procedure$
declare
  v_sql constant record := app.contact_sql();
begin
  -- Inserts the people, or updates the contacts that have their emails; answers the contacts. All ingest
  -- writes contacts in the order of their emails, so two batches wait for each other rather than deadlock.
  execute format($function$
    create or replace function app.write_people(p_people jsonb) returns setof crm.contacts
    language plpgsql volatile
    set search_path = ''
    as $body$
    declare
      v_workspace constant uuid := app.workspace_id();
      v_fields constant jsonb := (
        select jsonb_object_agg(p ->> 'email', p -> 'fields') from jsonb_array_elements(p_people) p
        where p ->> 'email' is not null);
    begin
      return query
        insert into crm.contacts as c (workspace_id, id, %1$s)
          select v_workspace, p.id, %2$s
          from jsonb_to_recordset(p_people) as p (ord bigint, id uuid, email text, fields jsonb),
            jsonb_populate_record(null::crm.contacts, p.fields) given
          order by given.email, p.ord
        on conflict (workspace_id, email) do update set (%3$s) = (
          select %4$s from jsonb_populate_record(c, v_fields -> excluded.email) given)
        returning c.*;
    end
    $body$
  $function$, v_sql.columns, v_sql.inserted, v_sql.merged_columns, v_sql.merged);

  -- The contact of an item of a connector: a new one, or the one that was found, with the given columns
  -- if p_change; those of p_defaults, only where it has no value.
  execute format($function$
    create or replace function app.land_contact(
      p_given jsonb, p_defaults text[], p_id uuid, p_make boolean, p_change boolean
    )
    returns crm.contacts
    language plpgsql volatile
    set search_path = ''
    as $body$
    declare
      v_id uuid := p_id;
      v_given constant jsonb := p_given || case when p_given ->> 'email' is null then '{}'
        else jsonb_build_object('email', app.present_email(p_given ->> 'email')) end;
      v_contact crm.contacts;
    begin
      if p_make then
        v_id := app.uuid_v7();
        if app.upsert_people(jsonb_build_array(jsonb_build_object(
          'ord', 1, 'id', v_id, 'email', v_given -> 'email', 'fields', v_given))) = 0 then
          raise exception 'a contact''s email was taken meanwhile' using errcode = '40001';
        end if;
      elsif p_change then
        update crm.contacts c
          set (%1$s) = (
            select %2$s from jsonb_populate_record(c, v_given - array(
              select name from unnest(p_defaults) name where to_jsonb(c) ->> name is not null)) given)
          where c.workspace_id = app.workspace_id() and c.id = p_id
          returning c.* into v_contact;
        return v_contact;
      end if;
      select c.* into v_contact from crm.contacts c
        where c.workspace_id = app.workspace_id() and c.id = v_id;
      return v_contact;
    end
    $body$
  $function$, v_sql.columns, v_sql.changed);

  -- Their columns may have changed, which no replacement may.
  drop function if exists app.ingest(jsonb), app.ingest_one(jsonb);
  -- Ingests items as app.ingest_contacts does, and answers plain columns.
  execute format($function$
    create function app.ingest(p_items jsonb)
    returns table (item integer, refused_by text, contact_created boolean, %1$s, company json)
    language plpgsql volatile
    set search_path = ''
    as $body$
    begin
      return query
        select done.item, done.refused_by, done.created, %2$s,
          case when (done.company).id is not null then json_build_object(
            'id', (done.company).id, 'name', (done.company).name, 'domain', (done.company).domain,
            'created', done.company_created) end
        from app.ingest_contacts(p_items) done, lateral (select (done.contact).*) c;
    end
    $body$
  $function$, v_sql.answered_types, v_sql.answers);

  -- Ingests a contact with these columns, and answers as app.ingest does.
  execute format($function$
    create function app.ingest_one(p_fields jsonb)
    returns table (item integer, refused_by text, contact_created boolean, %1$s, company json)
    language plpgsql volatile
    set search_path = ''
    as $body$
    #variable_conflict use_column
    declare
      v_workspace constant uuid := app.workspace_id();
      given crm.contacts;
    begin
      -- Not while one that is near the cap holds the lock: app.ingest waits for it.
      if not (app.quota_is_ample(1) and pg_try_advisory_xact_lock_shared(
        hashtextextended('crm.daily_usage ' || v_workspace, 0))) then
        return query select * from app.ingest(
          jsonb_build_array(jsonb_build_object('fields', p_fields)));
        return;
      end if;
      given := jsonb_populate_record(null::crm.contacts, p_fields);
      loop
        insert into crm.contacts as c (workspace_id, id, %2$s)
          select v_workspace, app.uuid_v7(), %3$s
          where not exists (
            select from crm.contact_addresses a where a.workspace_id = v_workspace and a.email = given.email)
          on conflict (workspace_id, email) do nothing
          returning 1, true, %4$s into item, contact_created, %5$s;
        exit when found;
        -- Not in the insert, which would then do all that an update does for a contact that is new.
        update crm.contacts c
          set (%6$s) = (select %7$s from jsonb_populate_record(c, p_fields) given)
          where c.workspace_id = v_workspace and c.email = given.email
          returning 1, false, %4$s into item, contact_created, %5$s;
        exit when found;
        -- A contact is known by the email besides its own, or was until now.
        given.email := app.present_email(given.email);
      end loop;
      if company_id is not null then
        select json_build_object('id', co.id, 'name', co.name, 'domain', co.domain, 'created', false)
          into company
          from crm.companies co
          where co.workspace_id = v_workspace and co.id = ingest_one.company_id;
      end if;
      if contact_created then
        perform app.use_daily_quota(1, 0);
      end if;
      return next;
    end
    $body$
  $function$, v_sql.answered_types, v_sql.columns, v_sql.inserted, v_sql.answers, v_sql.answered,
    v_sql.merged_columns, v_sql.merged);

  -- Ingests contacts that give the same columns, each with an email of its own: one upsert. Answers which
  -- contact has which email, and whether it is new. A contact that is refused has its place in item.
  execute format($function$
    create or replace function app.ingest_alike(p_people jsonb)
    returns table (item integer, refused_by text, contact_created boolean, id uuid, email text)
    language plpgsql volatile
    set search_path = ''
    as $body$
    #variable_conflict use_column
    declare
      v_workspace constant uuid := app.workspace_id();
      v_given constant jsonb := p_people -> 0;
      v_ids uuid[];
      v_emails text[];
      v_created boolean[];
    begin
      if not app.quota_is_ample(jsonb_array_length(p_people))
        or app.with_present_emails(p_people, '{email}') <> p_people
      then
        return query
          select done.item, done.refused_by, done.created, (done.contact).id, (done.contact).email
          from app.ingest_contacts((
            select jsonb_agg(jsonb_build_object('fields', p.fields) order by p.ord)
            from jsonb_array_elements(p_people) with ordinality as p (fields, ord))) done;
        return;
      end if;
      perform pg_advisory_xact_lock_shared(hashtextextended('crm.daily_usage ' || v_workspace, 0));
      with people as materialized (
        select app.uuid_v7() as id, given.* from jsonb_to_recordset(p_people) as given (%1$s)
      ), written as (
        insert into crm.contacts as c (workspace_id, id, %2$s)
          select v_workspace, given.id, %3$s from people given
          -- The order of app.write_people.
          order by given.email collate "C"
        on conflict (workspace_id, email) do update set %4$s
        returning c.id, c.email
      )
      select array_agg(w.id), array_agg(w.email), array_agg(w.id in (select p.id from people p))
        into v_ids, v_emails, v_created from written w;
      return query select null::integer, null::text, w.created, w.id, w.email
        from unnest(v_created, v_ids, v_emails) as w (created, id, email);
      perform app.use_daily_quota(
        (select count(*)::integer from unnest(v_created) created where created), 0);
    end
    $body$
  $function$, v_sql.types, v_sql.columns, v_sql.inserted, v_sql.overwritten);

  revoke execute on function app.write_people, app.land_contact, app.ingest, app.ingest_one,
    app.ingest_alike from public;
  grant execute on function app.write_people, app.land_contact, app.ingest, app.ingest_one,
    app.ingest_alike to lumenbase_api;
end
$procedure$;

call app.make_contact_upserts();
revoke execute on all routines in schema app from public;
