-- Companies as LIO makes and changes them: of one name, and of one domain.

-- Raises LB083 for a name or a domain that another company has: the message tells that company's number. Lets
-- nobody else make a company of such a name before the transaction ends.
create function app.require_new_company(p_name text, p_domain text, p_except uuid) returns void
language plpgsql volatile
set search_path = ''
as $$
declare
  v_workspace constant uuid := app.workspace_id();
  v_name constant text collate "C" := app.company_key(p_name);
  v_domain constant text collate "C" := p_domain;
  v_field text := 'name';
  v_number bigint;
begin
  perform pg_advisory_xact_lock(hashtextextended('crm.companies ' || v_workspace, 0));
  select c.number into v_number from crm.companies c
    where c.workspace_id = v_workspace and c.name_key = v_name and c.id is distinct from p_except
    order by c.number limit 1;
  if v_number is null then
    v_field := 'domain';
    select c.number into v_number from crm.companies c
      where c.workspace_id = v_workspace and c.domain = v_domain and c.id is distinct from p_except;
  end if;
  if v_number is not null then
    raise exception using errcode = 'LB083', message = jsonb_build_object(
      'field', v_field, 'record', 'company', 'number', v_number);
  end if;
end
$$;

-- Makes a company of columns, and answers its id. Raises LB083.
create function app.create_company_details(p_fields jsonb) returns uuid
language plpgsql volatile
set search_path = ''
as $$
declare
  v_new constant crm.companies := jsonb_populate_record(null::crm.companies, p_fields);
  v_id constant uuid := app.uuid_v7();
begin
  perform app.require_new_company(v_new.name, v_new.domain, null);
  begin
    insert into crm.companies (id, name, domain, industry, size, website, phone, address, city, country,
        contact_email, summary, rating, owner_id)
      values (v_id, v_new.name, v_new.domain, v_new.industry, v_new.size, v_new.website, v_new.phone,
        v_new.address, v_new.city, v_new.country, v_new.contact_email, v_new.summary, v_new.rating,
        v_new.owner_id);
  exception when unique_violation then
    -- Another API's request has just taken the domain.
    perform app.require_new_company(v_new.name, v_new.domain, null);
    raise;
  end;
  return v_id;
end
$$;

-- Changes what is given of the company with a number, and answers its id; nothing when there is none. A domain
-- follows the website where that changes; without one it stays unless the website told it. Raises LB083.
create function app.change_company_details(p_number bigint, p_fields jsonb) returns setof uuid
language plpgsql volatile
set search_path = ''
as $$
declare
  v_workspace constant uuid := app.workspace_id();
  v_old crm.companies;
  v_new crm.companies;
  v_fields jsonb := p_fields;
  v_name text;
  v_domain text;
begin
  if p_fields ?| '{name, website}' then
    perform pg_advisory_xact_lock(hashtextextended('crm.companies ' || v_workspace, 0));
  end if;
  select c.* into v_old from crm.companies c
    where c.workspace_id = v_workspace and c.number = p_number for update;
  if v_old.id is null then
    return;
  end if;
  if p_fields ->> 'website' is not distinct from v_old.website
    or p_fields ->> 'domain' is null and strpos(lower(v_old.website) collate "C", v_old.domain) = 0
  then
    v_fields := v_fields - 'domain';
  end if;
  v_new := jsonb_populate_record(v_old, v_fields);
  if app.company_key(v_new.name) collate "C" <> v_old.name_key then
    v_name := v_new.name;
  end if;
  if v_new.domain is distinct from v_old.domain then
    v_domain := v_new.domain;
  end if;
  if v_name is not null or v_domain is not null then
    perform app.require_new_company(v_name, v_domain, v_old.id);
  end if;
  begin
    update crm.companies c set (name, domain, industry, size, website, phone, address, city, country,
        contact_email, summary, rating) = row (
        v_new.name, v_new.domain, v_new.industry, v_new.size, v_new.website, v_new.phone, v_new.address,
        v_new.city, v_new.country, v_new.contact_email, v_new.summary, v_new.rating)
      where c.workspace_id = v_workspace and c.id = v_old.id and v_new is distinct from v_old;
  exception when unique_violation then
    perform app.require_new_company(null, v_new.domain, v_old.id);
    raise;
  end;
  return next v_old.id;
end
$$;

-- Deletes companies; answers how many.
create function app.delete_companies(p_companies uuid[]) returns integer
language plpgsql volatile
set search_path = ''
as $$
declare
  v_deleted integer;
begin
  delete from crm.companies c where c.workspace_id = app.workspace_id() and c.id = any (p_companies);
  get diagnostics v_deleted = row_count;
  return v_deleted;
end
$$;

revoke execute on all routines in schema app from public;
grant execute on function app.require_new_company(text, text, uuid), app.create_company_details(jsonb),
  app.change_company_details(bigint, jsonb), app.delete_companies(uuid[]) to lumenbase_api;
