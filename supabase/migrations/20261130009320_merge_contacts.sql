-- How two contacts become one. Both are locked first, in the order of their emails as ingest locks them, so that
-- whatever else is done with either comes before or after.

-- What is decided field by field when contacts are merged.
create function app.merged_fields() returns text[]
language sql immutable
set search_path = ''
as $$
  select '{first_name, last_name, email, phone, title, company_id, source, status, signal_strength, owner_id, seniority,
    decision_maker, linkedin_url}'::text[]
$$;

-- The contact that is kept, as it will be: what p_fields says of a field ('keep' or 'merge'), else its own value, else
-- the other's. Who is with companies is with one of them above all, and who wanted no mail wants none.
create function app.merged_contact(p_keep crm.contacts, p_merge crm.contacts, p_fields jsonb) returns crm.contacts
language plpgsql immutable
set search_path = ''
as $$
declare
  v_keep constant jsonb := to_jsonb(p_keep);
  v_merge constant jsonb := to_jsonb(p_merge);
  v_new crm.contacts;
begin
  v_new := jsonb_populate_record(p_keep, (
    select jsonb_object_agg(name, case p_fields ->> name when 'keep' then v_keep -> name
      when 'merge' then v_merge -> name else coalesce(nullif(v_keep -> name, 'null'), v_merge -> name) end)
    from unnest(app.merged_fields()) name));
  v_new.company_id := coalesce(v_new.company_id, p_keep.company_id, p_merge.company_id);
  v_new.unsubscribed := p_keep.unsubscribed or p_merge.unsubscribed;
  v_new.lead_score := greatest(p_keep.lead_score, p_merge.lead_score);
  return v_new;
end
$$;

-- Raises LB120 when the actor does not see every lead of the contacts.
create function app.require_seen_leads(p_contacts uuid[]) returns void
language plpgsql stable
set search_path = ''
as $$
begin
  if not app.sees_all() and exists (
    select from crm.leads l
    where l.workspace_id = app.workspace_id() and l.contact_id = any (p_contacts) and not app.sees_lead(l.id)
  ) then
    raise exception 'a lead of the contacts is another user''s' using errcode = 'LB120';
  end if;
end
$$;

-- Lets a contact be known by the emails and phones that it or another one had before the two were merged, and has no
-- longer; answers the ids.
create function app.keep_addresses(p_new crm.contacts, p_emails text[], p_phones text[]) returns uuid[]
language sql volatile
set search_path = ''
as $$
  with kept as (
    insert into crm.contact_addresses (contact_id, email, phone)
      select p_new.id, email, null from unnest(p_emails) email where email <> p_new.email
      union all
      select p_new.id, null, phone from unnest(p_phones) phone
        where app.phone_digits(phone) <> app.phone_digits(p_new.phone)
      returning id
  )
  select coalesce(array_agg(id), '{}') from kept
$$;

-- What is nowhere any more once contacts are merged: [{"record", "field", "value"}].
create function app.lost_in_merge(p_merge crm.contacts, p_new crm.contacts, p_dropped jsonb) returns jsonb
language plpgsql stable
set search_path = ''
as $$
declare
  v_merge constant jsonb := to_jsonb(p_merge);
  v_new constant jsonb := to_jsonb(p_new);
begin
  return (
    select coalesce(jsonb_agg(jsonb_build_object('record', record, 'field', field, 'value', value)
      order by record, place), '[]')
    from (
      select 'contacts' as record, field, place, v_merge -> field as value
        from unnest(app.merged_fields()) with ordinality fields (field, place)
        where v_merge -> field <> 'null' and v_merge -> field <> v_new -> field
          -- By these it is known, and with the company it is all the same.
          and not (field in ('email', 'phone', 'company_id') and v_new -> field <> 'null')
      union all
      select 'company_memberships', 'role', 1, to_jsonb(gone.role)
        from jsonb_populate_recordset(null::crm.company_memberships, p_dropped -> 'company_memberships') gone
        where gone.role is not null and not exists (
          select from crm.company_memberships kept
          where kept.workspace_id = p_new.workspace_id and kept.contact_id = p_new.id
            and kept.company_id = gone.company_id and kept.ended_at is null and kept.role = gone.role)
      union all
      select 'target_account_contacts', 'stakeholder_role', 1, to_jsonb(gone.stakeholder_role)
        from jsonb_populate_recordset(null::crm.target_account_contacts, p_dropped -> 'target_account_contacts') gone
        where gone.stakeholder_role <> 'other' and not exists (
          select from crm.target_account_contacts kept
          where kept.workspace_id = p_new.workspace_id and kept.contact_id = p_new.id
            and kept.target_account_id = gone.target_account_id and kept.stakeholder_role = gone.stakeholder_role)
    ) lost);
end
$$;

-- How many there are of each kind: of {name: [rows or keys]}, {name: number}.
create function app.counted(p_lists jsonb) returns jsonb
language sql immutable
set search_path = ''
as $$
  select coalesce(jsonb_object_agg(key, jsonb_array_length(value)), '{}') from jsonb_each(p_lists)
$$;

-- Merges a contact into another one, which is kept, and answers the merge: how many records were moved to it, how many
-- were merged with their like, and what is lost. Nothing is merged when a contact is missing. Raises LB120. Whatever is
-- linked to the two is moved, also what the actor does not see.
create function app.merge_contacts(
  p_keep uuid, p_merge uuid, p_fields jsonb,
  out missing uuid, out id uuid, out moved jsonb, out merged jsonb, out lost jsonb, out undo_until timestamptz
)
language plpgsql volatile security definer
set search_path = ''
as $$
declare
  v_workspace constant uuid := app.workspace_id();
  v_keep crm.contacts;
  v_merge crm.contacts;
  v_new crm.contacts;
  v_links record;
  v_after jsonb;
begin
  perform from crm.contacts c where c.workspace_id = v_workspace and c.id in (p_keep, p_merge)
    order by c.email, c.id for update;
  select c.* into v_keep from crm.contacts c where c.workspace_id = v_workspace and c.id = p_keep;
  select c.* into v_merge from crm.contacts c where c.workspace_id = v_workspace and c.id = p_merge;
  missing := case when v_keep.id is null then p_keep when v_merge.id is null or p_merge = p_keep then p_merge end;
  if missing is not null then
    return;
  end if;
  perform app.require_seen_leads(array[p_keep, p_merge]);
  v_new := app.merged_contact(v_keep, v_merge, p_fields);
  v_links := app.move_contact_links(p_merge, p_keep);
  delete from crm.contacts c where c.workspace_id = v_workspace and c.id = p_merge;
  perform app.write_contact(v_keep, v_new);
  if v_new.company_id is distinct from v_keep.company_id then
    perform app.set_primary_company(p_keep, v_new.company_id);
  end if;
  v_after := (
    select jsonb_object_agg(changed.key, changed.value)
    from jsonb_each(to_jsonb(v_new)) changed
    -- Not unsubscribed: whoever wants no mail is not asked to say so again.
    where changed.key = any (app.merged_fields() || 'lead_score'::text)
      and changed.value is distinct from to_jsonb(v_keep) -> changed.key);
  moved := app.counted(v_links.moved);
  merged := app.counted(v_links.dropped);
  lost := app.lost_in_merge(v_merge, v_new, v_links.dropped);
  insert into crm.contact_merges as made (keep_id, merged_id, moved, actor, undo)
    values (p_keep, p_merge, moved, nullif(current_setting('request.jwt.claims', true), '')::jsonb -> 'actor',
      jsonb_build_object('contact', to_jsonb(v_merge), 'moved', v_links.moved, 'dropped', v_links.dropped,
        'after', coalesce(v_after, '{}'), 'before', (
          select coalesce(jsonb_object_agg(key, to_jsonb(v_keep) -> key), '{}') from jsonb_object_keys(v_after) key),
        'addresses', app.keep_addresses(
          v_new, array[v_keep.email, v_merge.email], array[v_keep.phone, v_merge.phone])))
    returning made.id, made.undo_until into id, undo_until;
end
$$;

-- Gives a contact the fields of a new version of it, but for the company.
create function app.write_contact(p_old crm.contacts, p_new crm.contacts) returns void
language plpgsql volatile
set search_path = ''
as $$
begin
  update crm.contacts c set (first_name, last_name, email, phone, title, source, status, signal_strength, owner_id,
      seniority, decision_maker, linkedin_url, unsubscribed, lead_score) = row (
      p_new.first_name, p_new.last_name, p_new.email, p_new.phone, p_new.title, p_new.source, p_new.status,
      p_new.signal_strength, p_new.owner_id, p_new.seniority, p_new.decision_maker, p_new.linkedin_url,
      p_new.unsubscribed, p_new.lead_score)
    where c.workspace_id = p_old.workspace_id and c.id = p_old.id
      and to_jsonb(p_new) - 'company_id' <> to_jsonb(p_old) - 'company_id';
end
$$;

revoke execute on all routines in schema app from public;
grant execute on function app.merge_contacts(uuid, uuid, jsonb) to lumenbase_api;
