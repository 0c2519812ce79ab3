-- How what a connector delivers, its records found (app.match_item), is written.

-- The company of an item: a new one, or the one that was found, which may take the domain given.
create function app.land_company(p_given jsonb, p_id uuid, p_make boolean, p_name boolean)
returns crm.companies
language plpgsql volatile
set search_path = ''
as $$
declare
  v_given constant crm.companies := jsonb_populate_record(null::crm.companies, p_given);
  v_company crm.companies;
begin
  if p_make then
    insert into crm.companies (name, domain)
      values (coalesce(v_given.name, v_given.domain), v_given.domain)
      returning * into v_company;
  elsif p_name then
    update crm.companies c set domain = v_given.domain
      where c.workspace_id = app.workspace_id() and c.id = p_id
      returning c.* into v_company;
  else
    select c.* into v_company from crm.companies c
      where c.workspace_id = app.workspace_id() and c.id = p_id;
  end if;
  return v_company;
exception when unique_violation then
  -- Only a request that is no ingest can have taken the domain meanwhile.
  raise exception 'a company''s domain was taken meanwhile' using errcode = '40001';
end
$$;

-- The deal of an item: a new one, or the one that was found, whose empty links are filled if p_change.
create function app.land_deal(
  p_given jsonb, p_id uuid, p_make boolean, p_change boolean, p_contact uuid, p_company uuid
)
returns crm.deals
language plpgsql volatile
set search_path = ''
as $$
declare
  v_given constant crm.deals := jsonb_populate_record(null::crm.deals, p_given);
  v_deal crm.deals;
begin
  if p_make then
    insert into crm.deals (title, value, currency, stage, contact_id, company_id)
      values (v_given.title, v_given.value, coalesce(v_given.currency, 'USD'), v_given.stage,
        p_contact, p_company)
      returning * into v_deal;
    return v_deal;
  elsif p_change then
    update crm.deals d
      set contact_id = coalesce(d.contact_id, p_contact), company_id = coalesce(d.company_id, p_company)
      where d.workspace_id = app.workspace_id() and d.id = p_id
        and (d.contact_id is null and p_contact is not null
          or d.company_id is null and p_company is not null);
  end if;
  select d.* into v_deal from crm.deals d
    where d.workspace_id = app.workspace_id() and d.id = p_id;
  return v_deal;
end
$$;

-- Makes an item records and answers them; "made" names those that are new, "matched" tells by which
-- rule the others were found. An item about a contact changes the contact that was found, and its
-- activity is a note on it; "before" is that contact as it was. About an activity, what was found stays
-- as it is and is linked.
-- Raises LB005 (constraint no_contact) when a contact is neither found nor made, and LB002 when the day's
-- quota is used up.
create function app.land(
  p_about text, p_item jsonb, p_matching jsonb,
  out contact crm.contacts, out before crm.contacts, out company crm.companies, out deal crm.deals,
  out activity crm.activities, out matched jsonb, out made text[]
)
language plpgsql volatile
set search_path = ''
as $$
declare
  v_workspace constant uuid := app.workspace_id();
  v_change constant boolean := p_about = 'contact';
  v_match record;
begin
  -- Shared, also near a cap: app.take_daily_quota is exact, and ingest that holds it alone ends first.
  perform pg_advisory_xact_lock_shared(hashtextextended('crm.daily_usage ' || v_workspace, 0));
  select * into v_match from app.match_item(p_item, p_matching);
  made := v_match.makes;
  if v_change and v_match.contact_id is null and 'contact' <> all (made) then
    raise exception 'the contact that the item is about was not found'
      using errcode = 'LB005', constraint = 'no_contact';
  end if;

  if v_change then
    select c.* into before from crm.contacts c
      where c.workspace_id = v_workspace and c.id = v_match.contact_id;
  end if;
  company := app.land_company(p_item -> 'company', v_match.company_id, 'company' = any (made),
    v_match.names);
  contact := app.land_contact(
    (p_item -> 'contact') || case when company.id is null then '{}'
      else jsonb_build_object('company_id', company.id) end,
    array(select jsonb_array_elements_text(p_item -> 'defaults')),
    v_match.contact_id, 'contact' = any (made), v_change);
  deal := app.land_deal(p_item -> 'deal', v_match.deal_id, 'deal' = any (made), v_change,
    contact.id, coalesce(company.id, contact.company_id));
  if (v_match.contact_id, v_match.company_id, v_match.deal_id) is distinct from (
    case when 'contact' <> all (made) then contact.id end,
    case when 'company' <> all (made) then company.id end,
    case when 'deal' <> all (made) then deal.id end
  ) then
    raise exception 'a record that was found is gone' using errcode = '40001';
  end if;
  if v_change and contact.company_id is distinct from company.id then
    select c.* into company from crm.companies c
      where c.workspace_id = v_workspace and c.id = contact.company_id;
  end if;

  if p_item -> 'activity' is not null then
    insert into crm.activities
        (type, title, description, data, timestamp, contact_id, company_id, deal_id)
      select a.type, a.title, a.description, coalesce(a.data, '{}'), coalesce(a.timestamp, now()),
        contact.id, company.id, case when not v_change then deal.id end
      from jsonb_populate_record(null::crm.activities, p_item -> 'activity') a
      returning * into activity;
  end if;
  if activity.id is not null or 'contact' = any (made) then
    perform app.take_daily_quota(
      ('contact' = any (made))::integer, (activity.id is not null)::integer);
  end if;
  matched := jsonb_build_object('contact', v_match.contact_rule, 'company', v_match.company_rule,
    'deal', v_match.deal_rule);
exception when foreign_key_violation then
  raise exception 'a record that was found is gone' using errcode = '40001';
end
$$;

revoke execute on all routines in schema app from public;
grant execute on function app.land_company(jsonb, uuid, boolean, boolean),
  app.land_deal(jsonb, uuid, boolean, boolean, uuid, uuid), app.land(text, jsonb, jsonb)
  to lumenbase_api;
