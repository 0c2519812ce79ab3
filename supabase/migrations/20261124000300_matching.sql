-- How what a connector delivers finds the records it is about.
--
-- An item: {"contact": {"id"?, column: value}, "company": {"id"?, "name"?, "domain"?},
-- "deal": {"id"?, "title"?, "value"?, "currency"?, "stage"?}, "activity"?: {column: value},
-- "defaults": [columns of the contact that are given only for want of a better value],
-- "phones"?: [the keys of phones that are the contact's, its own first]}, normalised.
--
-- Locks are taken in one order, ingest's own: the day's quota, the workspace's companies, a contact's
-- phone, its email, a deal's title, and only then rows: company, contact, deal, activity, the day's use.

-- The rules of each of these are tried in order; "rule" is the one that found "id".
-- A household or an office has one number: by it, nobody is found who has another email or name.
create function app.find_contact(
  p_rules text[], p_given crm.contacts, p_phones text[], out id uuid, out rule text
)
language plpgsql stable
set search_path = ''
as $$
declare
  -- A parameter has the collation of what it is called with; only the column's own one uses its index.
  v_email constant text collate "C" := app.present_email(p_given.email);
  v_names constant text[] :=
    array_remove(string_to_array(app.folded(concat_ws(' ', p_given.first_name, p_given.last_name)), ' '), '');
begin
  foreach rule in array p_rules loop
    if rule = 'email' then
      select c.id into id from crm.contacts c
        where c.workspace_id = app.workspace_id() and c.email = v_email;
    elsif rule = 'phone' then
      -- The first of each, so that a number that many have is not read through.
      select found.id into id from unnest(p_phones) known (key), lateral (
        select c.id from crm.contacts c
        where c.workspace_id = app.workspace_id() and c.phone_key = known.key collate "C"
          and (v_email is null or c.email = v_email or c.email is null and not exists (
            select from crm.contacts other
            where other.workspace_id = app.workspace_id() and other.email = v_email))
          and exists (
            select from array_remove(
              string_to_array(app.folded(concat_ws(' ', c.first_name, c.last_name)), ' '), '') names
            where names <@ v_names or names @> v_names)
        order by c.id limit 1) found
        order by found.id limit 1;
      if id is null then
        select c.id into id from crm.contact_addresses a
          join crm.contacts c on c.workspace_id = a.workspace_id and c.id = a.contact_id
          where a.workspace_id = app.workspace_id() and a.phone_key = any (p_phones)
            and (v_email is null or c.email = v_email)
            and exists (
              select from array_remove(
                string_to_array(app.folded(concat_ws(' ', c.first_name, c.last_name)), ' '), '') names
              where names <@ v_names or names @> v_names)
          order by c.id limit 1;
      end if;
    elsif rule = 'id' then
      select c.id into id from crm.contacts c
        where c.workspace_id = app.workspace_id() and c.id = p_given.id;
    end if;
    if id is not null then
      return;
    end if;
  end loop;
  rule := null;
end
$$;

create function app.find_company(
  p_rules text[], p_domain text, p_name text, p_id uuid, out id uuid, out rule text
)
language plpgsql stable
set search_path = ''
as $$
declare
  v_domain constant text collate "C" := p_domain;
  v_name_key constant text collate "C" := app.company_key(p_name);
begin
  foreach rule in array p_rules loop
    if rule = 'domain' then
      select c.id into id from crm.companies c
        where c.workspace_id = app.workspace_id() and c.domain = v_domain;
    elsif rule = 'name' then
      select c.id into id from crm.companies c
        where c.workspace_id = app.workspace_id() and c.name_key = v_name_key
        order by c.id limit 1;
    elsif rule = 'id' then
      select c.id into id from crm.companies c
        where c.workspace_id = app.workspace_id() and c.id = p_id;
    end if;
    if id is not null then
      return;
    end if;
  end loop;
  rule := null;
end
$$;

create function app.find_deal(p_rules text[], p_id uuid, p_title text, out id uuid, out rule text)
language plpgsql stable
set search_path = ''
as $$
declare
  v_title_key constant text collate "C" := lower(p_title collate "und-x-icu");
begin
  foreach rule in array p_rules loop
    if rule = 'id' then
      select d.id into id from crm.deals d
        where d.workspace_id = app.workspace_id() and d.id = p_id;
    elsif rule = 'title' then
      select d.id into id from crm.deals d
        where d.workspace_id = app.workspace_id() and d.title_key = v_title_key
        order by (d.status = 'open') desc, d.id desc limit 1;
    end if;
    if id is not null then
      return;
    end if;
  end loop;
  rule := null;
end
$$;

-- The rules by which a connector finds a kind of record. What is unique in a workspace is found by
-- that in the end, as it cannot be made twice.
create function app.rules_of(p_matching jsonb, p_kind text) returns text[]
language sql immutable
set search_path = ''
as $$
  select array(select jsonb_array_elements_text(p_matching -> p_kind))
    || case when not (p_matching ->> 'create_missing')::boolean then '{}'
      else case p_kind when 'contact' then '{email}' when 'company' then '{domain}' else '{}' end
    end::text[]
$$;

-- Finds the records of an item, and locks what those that are to be made are found by: nobody else
-- makes them before this transaction ends. "makes" names them; "names" tells that the company found by
-- its name is to take the domain it lacks.
create function app.match_item(
  p_item jsonb, p_matching jsonb,
  out contact_id uuid, out contact_rule text, out company_id uuid, out company_rule text,
  out deal_id uuid, out deal_rule text, out makes text[], out names boolean
)
language plpgsql volatile
set search_path = ''
as $$
declare
  v_workspace constant uuid := app.workspace_id();
  v_contact constant crm.contacts := jsonb_populate_record(null::crm.contacts, p_item -> 'contact');
  v_company constant crm.companies := jsonb_populate_record(null::crm.companies, p_item -> 'company');
  v_deal constant crm.deals := jsonb_populate_record(null::crm.deals, p_item -> 'deal');
  v_phones constant text[] := case when p_item ? 'phones'
    then array(select jsonb_array_elements_text(p_item -> 'phones'))
    else array_remove(array[app.phone_key(v_contact.phone)], null) end;
  v_create constant boolean := (p_matching ->> 'create_missing')::boolean;
  v_contact_rules constant text[] := app.rules_of(p_matching, 'contact');
  v_company_rules constant text[] := app.rules_of(p_matching, 'company');
  v_deal_rules constant text[] := app.rules_of(p_matching, 'deal');
  v_held text[] := '{}';
  v_needed text[];
  v_lock text;
begin
  loop
    select id, rule into contact_id, contact_rule
      from app.find_contact(v_contact_rules, v_contact, v_phones);
    select id, rule into company_id, company_rule
      from app.find_company(v_company_rules, v_company.domain, v_company.name, v_company.id);
    select id, rule into deal_id, deal_rule
      from app.find_deal(v_deal_rules, v_deal.id, v_deal.title);
    names := company_rule = 'name' and v_company.domain is not null
      and (app.find_company('{domain}', v_company.domain, null, null)).id is null
      and exists (
        select from crm.companies c
        where c.workspace_id = v_workspace and c.id = company_id and c.domain is null);
    makes := array_remove(array[
      case when v_create and contact_id is null
        and concat(v_contact.email, v_contact.phone, v_contact.first_name, v_contact.last_name)
          collate "C" ~ '\S' then 'contact' end,
      case when v_create and company_id is null
        and coalesce(v_company.name, v_company.domain) is not null then 'company' end,
      case when v_create and deal_id is null and v_deal.title is not null then 'deal' end], null);

    -- Neither phones, names nor titles are unique: only a lock keeps two requests from making one
    -- record twice. An email is, but whoever found it taken only when inserting would start over.
    v_needed := array_remove(array[
      case when names or 'company' = any (makes) then 'crm.companies ' || v_workspace end,
      case when 'contact' = any (makes) and 'phone' = any (v_contact_rules)
        then 'crm.contacts.phone ' || v_workspace || v_phones[1] end,
      case when 'contact' = any (makes) then 'crm.contacts ' || v_workspace || v_contact.email end,
      case when 'deal' = any (makes) and 'title' = any (v_deal_rules) then 'crm.deals ' || v_workspace
        || lower(v_deal.title collate "und-x-icu") end], null);
    exit when v_needed <@ v_held;
    if v_held <> '{}' then
      raise exception 'a record that was found is gone' using errcode = '40001';
    end if;
    foreach v_lock in array v_needed loop
      perform pg_advisory_xact_lock(hashtextextended(v_lock, 0));
    end loop;
    v_held := v_needed;
  end loop;
end
$$;

revoke execute on all routines in schema app from public;
grant execute on function app.find_contact(text[], crm.contacts, text[]),
  app.find_company(text[], text, text, uuid), app.find_deal(text[], uuid, text),
  app.rules_of(jsonb, text), app.match_item(jsonb, jsonb)
  to lumenbase_api;
