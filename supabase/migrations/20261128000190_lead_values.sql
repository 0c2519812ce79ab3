-- What LIO gives of a lead, with the values of lists by number, as the core stores it.

-- The word that a number of a list of leads stands for; null for none, and for one that is not active unless
-- it is p_old.
create function app.lookup_word(p_type text, p_number bigint, p_old text) returns text
language plpgsql stable
set search_path = ''
as $$
begin
  return (
    select l.value from crm.lookups l
    where l.workspace_id = app.workspace_id() and l.module_name = 'lead' and l.type = p_type
      and l.number = p_number and (l.is_active or l.value = p_old));
end
$$;

-- The names of tags that are given by number or by name; those that lead to none, or to one that is not
-- active, are in p_wrong. p_old are the tags that the lead has.
create function app.names_of_tags(p_tags jsonb, p_old text[], out names text[], out wrong text[])
language plpgsql stable
set search_path = ''
as $$
begin
  select coalesce(array_agg(coalesce(known.name, given.tag #>> '{}') order by given.place)
        filter (where known.is_active or known.name = any (p_old)
          or known.name is null and jsonb_typeof(given.tag) = 'string'), '{}'),
      coalesce(array_agg(given.tag #>> '{}' order by given.place)
        filter (where not known.is_active and known.name <> all (p_old)
          or known.name is null and jsonb_typeof(given.tag) = 'number'), '{}')
    into names, wrong
    from jsonb_array_elements(p_tags) with ordinality given (tag, place)
      left join crm.tags known on known.workspace_id = app.workspace_id() and case jsonb_typeof(given.tag)
        when 'number' then known.number = (given.tag #>> '{}')::numeric
        else known.name_key = lower((given.tag #>> '{}') collate "und-x-icu") collate "C" end;
end
$$;

-- What is given of a lead as the core stores it: status, lead_source, assigned_to and company_id are numbers,
-- tags numbers or names. Raises LB080 with all that lead to nothing.
create function app.stored_lead(p_given jsonb, p_old crm.leads_with_links) returns jsonb
language plpgsql stable
set search_path = ''
as $$
declare
  v_workspace constant uuid := app.workspace_id();
  v_given jsonb := p_given;
  v_mistakes jsonb := '[]';
  v_word text;
  v_id uuid;
  v_company crm.companies;
  v_tags record;
begin
  if p_given ->> 'status' is not null then
    v_word := app.lookup_word('status', (p_given ->> 'status')::bigint, p_old.status);
    v_given := v_given || jsonb_build_object('status', v_word);
    if v_word is null then
      v_mistakes := v_mistakes || app.mistake('status', 'No active status with this id.');
    end if;
  end if;
  if p_given ? 'lead_source' then
    v_word := app.lookup_word('source', (p_given ->> 'lead_source')::bigint, p_old.source);
    v_given := v_given - 'lead_source' || jsonb_build_object('source', v_word);
    if v_word is null and p_given ->> 'lead_source' is not null then
      v_mistakes := v_mistakes || app.mistake('lead_source', 'No active source with this id.');
    end if;
  end if;
  if p_given ->> 'assigned_to' is not null then
    select u.id into v_id from crm.users u
      where u.workspace_id = v_workspace and u.number = (p_given ->> 'assigned_to')::bigint
        and (u.status <> 'inactive' or u.id = p_old.assigned_to);
    v_given := v_given || jsonb_build_object('assigned_to', v_id);
    if v_id is null then
      v_mistakes := v_mistakes || app.mistake('assigned_to', 'No active user with this id.');
    end if;
  end if;
  if p_given ->> 'company_id' is not null then
    select c.* into v_company from crm.companies c
      where c.workspace_id = v_workspace and c.number = (p_given ->> 'company_id')::bigint;
    v_given := v_given - 'company' || jsonb_build_object('company_id', v_company.id);
    if v_company.id is null then
      v_mistakes := v_mistakes || app.mistake('company_id', 'No company with this id.');
    elsif p_given ? 'company'
      and v_company.name_key is distinct from app.company_key(p_given ->> 'company') collate "C"
    then
      v_mistakes := v_mistakes || app.mistake('company', 'Must be the company that company_id names.');
    end if;
  elsif p_given ->> 'company' is not null then
    if p_given ? 'company_id' then
      v_mistakes := v_mistakes || app.mistake('company_id', 'Must be the company that company names.');
    end if;
    v_given := v_given - 'company_id';
  end if;
  if jsonb_typeof(p_given -> 'tags') = 'array' then
    v_tags := app.names_of_tags(p_given -> 'tags', coalesce(p_old.tags, '{}'));
    v_given := v_given || jsonb_build_object('tags', v_tags.names);
    if v_tags.wrong <> '{}' then
      v_mistakes := v_mistakes
        || app.mistake('tags', 'No active tag: ' || array_to_string(v_tags.wrong, ', ') || '.');
    end if;
  end if;
  if v_mistakes <> '[]' then
    raise exception using errcode = 'LB080', message = v_mistakes;
  end if;
  return v_given;
end
$$;

-- What is wrong with a field, as LB080 tells it.
create function app.mistake(p_field text, p_message text) returns jsonb
language sql immutable
set search_path = ''
as $$ select jsonb_build_object('field', p_field, 'message', p_message) $$;

-- Gives the company of this name, if it is to be made, a domain that no company has.
create function app.make_company_with_domain(p_name text, p_domain text) returns void
language plpgsql volatile
set search_path = ''
as $$
declare
  v_workspace constant uuid := app.workspace_id();
  v_domain constant text collate "C" := p_domain;
  v_company uuid;
begin
  if p_name is null or v_domain is null
    or exists (select from crm.companies c
      where c.workspace_id = v_workspace and c.name_key = app.company_key(p_name) collate "C")
    or exists (select from crm.companies c where c.workspace_id = v_workspace and c.domain = v_domain)
  then
    return;
  end if;
  v_company := app.company_named(p_name);
  begin
    update crm.companies c set domain = v_domain
      where c.workspace_id = v_workspace and c.id = v_company and c.domain is null;
  exception when unique_violation then
    null;
  end;
end
$$;

revoke execute on all routines in schema app from public;
grant execute on function app.lookup_word(text, bigint, text), app.names_of_tags(jsonb, text[]),
  app.mistake(text, text), app.stored_lead(jsonb, crm.leads_with_links), app.make_company_with_domain(text, text)
  to lumenbase_api;
