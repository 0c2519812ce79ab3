-- How contacts are made and changed by what app.stored_contact takes, one by one and many at once.

-- Gives a contact these tags and no others; answers whether that changed any.
create function app.set_contact_tags(p_contact uuid, p_names text[]) returns boolean
language plpgsql volatile
set search_path = ''
as $$
declare
  v_tags constant uuid[] := app.tags_named(p_names);
  v_changed boolean;
begin
  delete from crm.contact_tags link
    where link.workspace_id = app.workspace_id() and link.contact_id = p_contact
      and link.tag_id <> all (v_tags);
  v_changed := found;
  insert into crm.contact_tags (contact_id, tag_id) select p_contact, tag from unnest(v_tags) tag
    on conflict do nothing;
  return v_changed or found;
end
$$;

-- Lets a contact be the person of this lead alone, or of none of those that the actor sees.
create function app.set_lead_of_contact(p_contact uuid, p_lead uuid) returns void
language plpgsql volatile
set search_path = ''
as $$
declare
  v_workspace constant uuid := app.workspace_id();
begin
  if p_lead is not distinct from (
    select l.id from crm.leads l where l.workspace_id = v_workspace and l.contact_id = p_contact
    order by l.number limit 1)
  then
    return;
  end if;
  update crm.leads l set contact_id = null
    where l.workspace_id = v_workspace and l.contact_id = p_contact and l.id is distinct from p_lead;
  update crm.leads l set contact_id = p_contact
    where l.workspace_id = v_workspace and l.id = p_lead and l.contact_id is distinct from p_contact;
end
$$;

-- Raises LB083 for an email that a contact has: the message tells the contact's number.
create function app.refuse_known_email(p_email text) returns void
language plpgsql volatile
set search_path = ''
as $$
declare
  v_email constant text collate "C" := app.present_email(p_email);
begin
  raise exception using errcode = 'LB083', message = jsonb_build_object(
    'field', 'email', 'record', 'contact', 'number', (
      select c.number from crm.contacts c where c.workspace_id = app.workspace_id() and c.email = v_email));
end
$$;

-- Makes a contact of what app.stored_contact takes, and answers its id. Raises LB002, LB080 and LB083.
create function app.create_contact_details(p_given jsonb) returns uuid
language plpgsql volatile
set search_path = ''
as $$
declare
  v_fields constant jsonb := app.stored_contact(jsonb_strip_nulls(p_given), null);
  v_constraint text;
  v_id uuid;
begin
  begin
    v_id := app.create_contact(v_fields);
  exception when unique_violation then
    get stacked diagnostics v_constraint = constraint_name;
    if v_constraint <> 'contacts_email_key' then
      raise;
    end if;
    perform app.refuse_known_email(v_fields ->> 'email');
  end;
  if v_fields ? 'lead_id' then
    perform app.set_lead_of_contact(v_id, (v_fields ->> 'lead_id')::uuid);
  end if;
  perform app.set_contact_tags(v_id, array(select jsonb_array_elements_text(v_fields -> 'tags')));
  return v_id;
end
$$;

-- Changes what is given of the contact with a number, and answers its id; nothing when there is none. What is
-- given and raised is as in app.create_contact_details.
create function app.change_contact_details(p_number bigint, p_given jsonb) returns setof uuid
language plpgsql volatile
set search_path = ''
as $$
declare
  v_workspace constant uuid := app.workspace_id();
  v_old crm.contacts;
  v_new crm.contacts;
  v_fields jsonb;
begin
  if p_given ? 'email' then
    select c.* into v_old from crm.contacts c
      where c.workspace_id = v_workspace and c.number = p_number for update;
  else
    select c.* into v_old from crm.contacts c
      where c.workspace_id = v_workspace and c.number = p_number for no key update;
  end if;
  if v_old.id is null then
    return;
  end if;
  v_fields := app.stored_contact(p_given, v_old);
  v_new := jsonb_populate_record(v_old, v_fields);
  begin
    update crm.contacts c set (first_name, last_name, email, phone, title, company_id, status, seniority,
        decision_maker, linkedin_url, lead_score) = row (
        v_new.first_name, v_new.last_name, v_new.email, v_new.phone, v_new.title, v_new.company_id,
        v_new.status, v_new.seniority, v_new.decision_maker, v_new.linkedin_url, v_new.lead_score)
      where c.workspace_id = v_workspace and c.id = v_old.id and v_new is distinct from v_old;
  exception when unique_violation then
    perform app.refuse_known_email(v_new.email);
  end;
  if v_fields ? 'lead_id' then
    perform app.set_lead_of_contact(v_old.id, (v_fields ->> 'lead_id')::uuid);
  end if;
  if v_fields ? 'tags'
    and app.set_contact_tags(v_old.id, array(select jsonb_array_elements_text(v_fields -> 'tags')))
  then
    update crm.contacts c set updated_at = now() where c.workspace_id = v_workspace and c.id = v_old.id;
  end if;
  return next v_old.id;
end
$$;

-- Gives contacts a company, a score and more tags, whatever of company_id, lead_score and tags is given;
-- answers how many that changed. Whoever calls this has locked them, in the order of their ids. Raises LB080.
create function app.change_contacts(p_contacts uuid[], p_given jsonb) returns integer
language plpgsql volatile
set search_path = ''
as $$
declare
  v_workspace constant uuid := app.workspace_id();
  v_fields constant jsonb := app.stored_contact(p_given, null);
  v_tags constant uuid[] := app.tags_named(array(select jsonb_array_elements_text(v_fields -> 'tags')));
  v_company constant uuid := v_fields ->> 'company_id';
  v_score constant smallint := v_fields ->> 'lead_score';
  v_changed uuid[];
  v_tagged uuid[];
begin
  if v_company is not null then
    -- All at once, so that what follows each contact's company has nothing left to do.
    update crm.company_memberships m
      set ended_at = greatest(now(), m.started_at), is_primary = false
      where m.workspace_id = v_workspace and m.contact_id = any (p_contacts) and m.is_primary
        and m.company_id <> v_company;
    insert into crm.company_memberships (contact_id, company_id, is_primary)
      select contact, v_company, true from unnest(p_contacts) contact
      where not exists (
        select from crm.company_memberships m where m.workspace_id = v_workspace
          and m.contact_id = contact and m.is_primary)
      on conflict (workspace_id, contact_id, company_id) where ended_at is null
        do update set is_primary = true;
  end if;
  with changed as (
    update crm.contacts c
      set company_id = coalesce(v_company, c.company_id), lead_score = coalesce(v_score, c.lead_score)
      where c.workspace_id = v_workspace and c.id = any (p_contacts)
        and (coalesce(v_company, c.company_id), coalesce(v_score, c.lead_score))
          is distinct from (c.company_id, c.lead_score)
      returning c.id
  )
  select array_agg(changed.id) into v_changed from changed;
  with made as (
    insert into crm.contact_tags (contact_id, tag_id)
      select contact, tag from unnest(p_contacts) contact, unnest(v_tags) tag
      on conflict do nothing
      returning contact_id
  )
  select array_agg(distinct made.contact_id) into v_tagged from made;
  if exists (
    select from crm.contact_tags link
    where link.workspace_id = v_workspace and link.contact_id = any (v_tagged)
    group by link.contact_id having count(*) > 50
  ) then
    raise exception using errcode = 'LB080', message = jsonb_build_array(
      app.mistake('tags', 'A contact has at most 50 tags; one would have more.'));
  end if;
  update crm.contacts c set updated_at = now()
    where c.workspace_id = v_workspace and c.id = any (v_tagged) and c.id <> all (coalesce(v_changed, '{}'));
  return (select count(*) from (select unnest(v_changed) union select unnest(v_tagged)) every);
end
$$;

-- Deletes contacts; answers how many.
create function app.delete_contacts(p_contacts uuid[]) returns integer
language plpgsql volatile
set search_path = ''
as $$
declare
  v_deleted integer;
begin
  delete from crm.contacts c where c.workspace_id = app.workspace_id() and c.id = any (p_contacts);
  get diagnostics v_deleted = row_count;
  return v_deleted;
end
$$;

revoke execute on all routines in schema app from public;
grant execute on function app.set_contact_tags(uuid, text[]), app.set_lead_of_contact(uuid, uuid),
  app.refuse_known_email(text), app.create_contact_details(jsonb),
  app.change_contact_details(bigint, jsonb), app.change_contacts(uuid[], jsonb),
  app.delete_contacts(uuid[]) to lumenbase_api;
