-- How a merge of two contacts is undone: the one that was merged is made again as it was, what was moved and still is
-- at the kept one goes back to it, and the kept one's fields go back where nothing else changed them.

-- What of a merge's fields nothing has changed since (back: {column: value before}) and what something has (changed:
-- {column: {"from": value before, "to": value now}}).
create function app.undone_fields(p_kept crm.contacts, p_undo jsonb, out back jsonb, out changed jsonb)
language sql stable
set search_path = ''
as $$
  select coalesce(jsonb_object_agg(key, value) filter (where is_same), '{}'),
    coalesce(jsonb_object_agg(key, jsonb_build_object('from', value, 'to', to_jsonb(p_kept) -> key))
      filter (where not is_same), '{}')
  from (
    select key, value, to_jsonb(p_kept) -> key = p_undo -> 'after' -> key as is_same
    from jsonb_each(p_undo -> 'before')) fields
$$;

-- Moves back to a contact, which was made again, what was moved from it and is still at the other, and puts back what
-- went; answers how many of each kind.
create function app.move_links_back(p_from uuid, p_to uuid, p_undo jsonb) returns jsonb
language plpgsql volatile
set search_path = ''
as $$
declare
  v_link record;
  v_moved integer;
  v_counts jsonb := '{}';
begin
  for v_link in select * from app.contact_links() loop
    execute format('update crm.%1$I its set contact_id = $3%2$s where its.workspace_id = $1 and its.contact_id = $2
        and its.%3$I = any (array(select value::uuid from jsonb_array_elements_text($4)))', v_link.name,
      case v_link.name when 'company_memberships' then ', is_primary = false' else '' end, v_link.key)
      using app.workspace_id(), p_from, p_to, p_undo -> 'moved' -> v_link.name;
    get diagnostics v_moved = row_count;
    v_counts := v_counts || jsonb_build_object(v_link.name, v_moved + app.put_back(v_link.name, (
      select coalesce(jsonb_agg(case v_link.name
        when 'company_memberships' then gone || '{"is_primary": false}' else gone end), '[]')
      from jsonb_array_elements(p_undo -> 'dropped' -> v_link.name) gone)));
  end loop;
  update crm.target_account_contacts kept set steps = greatest(kept.steps - gone.steps, 0)
    from jsonb_populate_recordset(null::crm.target_account_contacts,
      p_undo -> 'dropped' -> 'target_account_contacts') gone
    where kept.workspace_id = app.workspace_id() and kept.contact_id = p_from
      and kept.target_account_id = gone.target_account_id and gone.steps > 0;
  return v_counts;
end
$$;

-- Lets a contact be with a company above all, if that still exists, else with whichever it was with last.
create function app.settle_company(p_contact uuid, p_company uuid) returns void
language plpgsql volatile
set search_path = ''
as $$
begin
  perform from crm.companies c where c.workspace_id = app.workspace_id() and c.id = p_company for key share;
  if found then
    perform app.set_primary_company(p_contact, p_company);
  else
    perform app.settle_primary_membership(p_contact);
  end if;
end
$$;

-- Gives the kept contact its fields back, and makes the merged one again, which wants no mail when the kept one wants
-- none. Raises LB124 when another contact has an email of theirs by now.
create function app.part_contacts(p_kept crm.contacts, p_undo jsonb, p_back jsonb) returns void
language plpgsql volatile
set search_path = ''
as $$
declare
  v_merged crm.contacts := jsonb_populate_record(null::crm.contacts, p_undo -> 'contact');
begin
  delete from crm.contact_addresses a
    where a.workspace_id = p_kept.workspace_id and a.contact_id = p_kept.id
      and (a.email = v_merged.email
        or a.id = any (array(select value::uuid from jsonb_array_elements_text(p_undo -> 'addresses'))));
  perform app.write_contact(p_kept, jsonb_populate_record(p_kept, p_back - 'company_id'));
  if app.present_email(v_merged.email) <> v_merged.email then
    raise exception 'another contact is known by the email by now' using errcode = 'LB124';
  end if;
  v_merged.unsubscribed := v_merged.unsubscribed or p_kept.unsubscribed;
  v_merged.company_id := null;
  v_merged.updated_at := now();
  v_merged.owner_id := (
    select u.id from crm.users u
    where u.workspace_id = p_kept.workspace_id and u.id = v_merged.owner_id for key share);
  perform app.put_back('contacts', jsonb_build_array(to_jsonb(v_merged)));
exception when unique_violation then
  raise exception 'another contact has the email by now' using errcode = 'LB124';
end
$$;

-- Undoes a merge, and answers both contacts, how many records went back, and which fields of the kept one stay as
-- something else changed them since; nothing when there is no such merge. Raises LB120, LB121 when it was undone
-- before, LB122 when it is too late, LB123 when the kept contact is gone, and LB124.
create function app.undo_merge(
  p_id uuid, out id uuid, out keep_id uuid, out merged_id uuid, out moved jsonb, out kept_changes jsonb
)
returns setof record
language plpgsql volatile security definer
set search_path = ''
as $$
declare
  v_workspace constant uuid := app.workspace_id();
  v_merge crm.contact_merges;
  v_kept crm.contacts;
  v_fields record;
begin
  select m.* into v_merge from crm.contact_merges m where m.workspace_id = v_workspace and m.id = p_id for update;
  if not found then
    return;
  elsif v_merge.undone_at is not null then
    raise exception 'the merge was undone' using errcode = 'LB121';
  elsif v_merge.undo is null or v_merge.undo_until <= now() then
    raise exception 'a merge can be undone for 30 days' using errcode = 'LB122';
  end if;
  select c.* into v_kept from crm.contacts c
    where c.workspace_id = v_workspace and c.id = v_merge.keep_id for update;
  if not found then
    raise exception 'the kept contact is gone' using errcode = 'LB123';
  end if;
  perform app.require_seen_leads(array[v_merge.keep_id]);
  id := v_merge.id;
  keep_id := v_merge.keep_id;
  merged_id := v_merge.merged_id;
  v_fields := app.undone_fields(v_kept, v_merge.undo);
  kept_changes := v_fields.changed;
  perform app.part_contacts(v_kept, v_merge.undo, v_fields.back);
  moved := app.move_links_back(keep_id, merged_id, v_merge.undo);
  perform app.settle_company(merged_id, (v_merge.undo #>> '{contact, company_id}')::uuid);
  perform app.settle_company(keep_id, (v_fields.back ->> 'company_id')::uuid);
  update crm.contact_merges m set undone_at = now(), undo = null,
      undone_by = nullif(current_setting('request.jwt.claims', true), '')::jsonb -> 'actor'
    where m.workspace_id = v_workspace and m.id = p_id;
  return next;
end
$$;

revoke execute on all routines in schema app from public;
grant execute on function app.undo_merge(uuid) to lumenbase_api;
