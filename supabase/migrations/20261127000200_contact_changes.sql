-- Contacts made and changed one by one, with their primary company.

-- Makes a contact and answers its id. Raises LB002 when the day's quota is used up.
create function app.create_contact(p_fields jsonb) returns uuid
language plpgsql volatile
set search_path = ''
as $$
declare
  v_new constant crm.contacts := jsonb_populate_record(null::crm.contacts, p_fields);
  v_id constant uuid := app.uuid_v7();
begin
  -- Shared, also near a cap: app.take_daily_quota is exact, and ingest that holds it alone ends first.
  perform pg_advisory_xact_lock_shared(hashtextextended('crm.daily_usage ' || app.workspace_id(), 0));
  perform app.require_free_email(v_new.email);
  insert into crm.contacts
      (id, first_name, last_name, email, phone, title, source, company_id, unsubscribed, status, owner_id,
        seniority, decision_maker, linkedin_url, lead_score)
    values (v_id, v_new.first_name, v_new.last_name, v_new.email, v_new.phone, v_new.title, v_new.source,
      v_new.company_id, coalesce(v_new.unsubscribed, false), coalesce(v_new.status, 'active'), v_new.owner_id,
      v_new.seniority, v_new.decision_maker, v_new.linkedin_url, coalesce(v_new.lead_score, 0));
  perform app.take_daily_quota(1, 0);
  return v_id;
end
$$;

-- Changes what is given of a contact, and answers its id; nothing when there is none. Another company
-- takes over as the primary one, and those of before stay; no company ends the primary one alone.
create function app.change_contact(p_id uuid, p_fields jsonb) returns setof uuid
language plpgsql volatile
set search_path = ''
as $$
declare
  v_workspace constant uuid := app.workspace_id();
  v_old crm.contacts;
  v_new crm.contacts;
begin
  if p_fields ? 'email' then
    select c.* into v_old from crm.contacts c
      where c.workspace_id = v_workspace and c.id = p_id for update;
  else
    select c.* into v_old from crm.contacts c
      where c.workspace_id = v_workspace and c.id = p_id for no key update;
  end if;
  if v_old.id is null then
    return;
  end if;
  v_new := jsonb_populate_record(v_old, p_fields);
  update crm.contacts c set (first_name, last_name, email, phone, title, source, unsubscribed) = row (
      v_new.first_name, v_new.last_name, v_new.email, v_new.phone, v_new.title, v_new.source,
      v_new.unsubscribed)
    where c.workspace_id = v_workspace and c.id = p_id
      and (c.first_name, c.last_name, c.email, c.phone, c.title, c.source, c.unsubscribed)
        is distinct from (v_new.first_name, v_new.last_name, v_new.email, v_new.phone, v_new.title,
          v_new.source, v_new.unsubscribed);
  if v_new.company_id is distinct from v_old.company_id then
    perform app.set_primary_company(p_id, v_new.company_id);
  end if;
  return next p_id;
end
$$;

create function app.set_primary_company(p_contact uuid, p_company uuid) returns void
language plpgsql volatile
set search_path = ''
as $$
begin
  if p_company is null then
    update crm.company_memberships m
      set ended_at = greatest(now(), m.started_at), is_primary = false
      where m.workspace_id = app.workspace_id() and m.contact_id = p_contact and m.is_primary;
  else
    perform app.give_up_primary(p_contact);
    insert into crm.company_memberships (contact_id, company_id, is_primary)
      values (p_contact, p_company, true)
      on conflict (workspace_id, contact_id, company_id) where ended_at is null
        do update set is_primary = true;
  end if;
  perform app.settle_primary_membership(p_contact);
end
$$;

-- The contacts in whose names and emails every word is; the search of contacts looks in phones too.
create function app.search_contact_names(p_longest text, p_words text[]) returns setof uuid
language sql stable security definer
set search_path = ''
rows 200
as $$
  select c.id from crm.contacts c
  where c.workspace_id = (select app.workspace_id())
    and c.id = any (array(select app.search_contacts(p_longest, p_words)))
    and app.folded(concat_ws(' ', c.first_name, c.last_name, c.email))
      like all (array(select app.folded(word) from unnest(p_longest || p_words) word))
$$;

revoke execute on all routines in schema app from public;
grant execute on function app.create_contact(jsonb), app.change_contact(uuid, jsonb),
  app.set_primary_company(uuid, uuid), app.search_contact_names(text, text[]) to lumenbase_api;
