-- What is done with many leads at once. Whoever calls these has locked the leads, in the order of their ids.

-- Gives leads a status, by its number; answers how many had another. Raises LB080.
create function app.set_status_of_leads(p_leads uuid[], p_status bigint) returns integer
language plpgsql volatile
set search_path = ''
as $$
declare
  v_word constant text := app.lookup_word('status', p_status, null);
  v_changed integer;
begin
  if v_word is null then
    raise exception using errcode = 'LB080',
      message = jsonb_build_array(app.mistake('status', 'No active status with this id.'));
  end if;
  update crm.leads l set status = v_word
    where l.workspace_id = app.workspace_id() and l.id = any (p_leads) and l.status <> v_word;
  get diagnostics v_changed = row_count;
  return v_changed;
end
$$;

-- Gives leads a user, by its number, or none; answers how many had another. Raises LB080.
create function app.assign_leads(p_leads uuid[], p_user bigint) returns integer
language plpgsql volatile
set search_path = ''
as $$
declare
  v_user uuid;
  v_changed integer;
begin
  select u.id into v_user from crm.users u
    where u.workspace_id = app.workspace_id() and u.number = p_user and u.status <> 'inactive';
  if v_user is null and p_user is not null then
    raise exception using errcode = 'LB080',
      message = jsonb_build_array(app.mistake('assigned_to', 'No active user with this id.'));
  end if;
  update crm.leads l set assigned_to = v_user
    where l.workspace_id = app.workspace_id() and l.id = any (p_leads)
      and l.assigned_to is distinct from v_user;
  get diagnostics v_changed = row_count;
  return v_changed;
end
$$;

-- Gives leads these tags (numbers or names), instead of all that they have with p_instead; answers how many that
-- changed. Raises LB080.
create function app.tag_leads(p_leads uuid[], p_tags jsonb, p_instead boolean) returns integer
language plpgsql volatile
set search_path = ''
as $$
declare
  v_workspace constant uuid := app.workspace_id();
  v_given record := app.names_of_tags(p_tags, '{}');
  v_tags uuid[];
  v_untagged uuid[];
  v_tagged uuid[];
  v_changed integer;
begin
  if v_given.wrong <> '{}' then
    raise exception using errcode = 'LB080', message = jsonb_build_array(
      app.mistake('tags', 'No active tag: ' || array_to_string(v_given.wrong, ', ') || '.'));
  end if;
  v_tags := app.tags_named(v_given.names);
  if p_instead then
    with gone as (
      delete from crm.lead_tags lt
        where lt.workspace_id = v_workspace and lt.lead_id = any (p_leads) and lt.tag_id <> all (v_tags)
        returning lt.lead_id
    )
    select array_agg(distinct gone.lead_id) into v_untagged from gone;
  end if;
  with made as (
    insert into crm.lead_tags (lead_id, tag_id)
      select lead, tag from unnest(p_leads) lead, unnest(v_tags) tag
      on conflict do nothing
      returning lead_id
  )
  select array_agg(distinct made.lead_id) into v_tagged from made;
  if exists (
    select from crm.lead_tags lt where lt.workspace_id = v_workspace and lt.lead_id = any (v_tagged)
    group by lt.lead_id having count(*) > 50
  ) then
    raise exception using errcode = 'LB080',
      message = jsonb_build_array(app.mistake('tags', 'A lead has at most 50 tags; one would have more.'));
  end if;
  update crm.leads l set updated_at = now()
    where l.workspace_id = v_workspace and l.id in (
      select unnest(v_untagged) union select unnest(v_tagged));
  get diagnostics v_changed = row_count;
  return v_changed;
end
$$;

-- Deletes leads; answers how many.
create function app.delete_leads(p_leads uuid[]) returns integer
language plpgsql volatile
set search_path = ''
as $$
declare
  v_deleted integer;
begin
  delete from crm.leads l where l.workspace_id = app.workspace_id() and l.id = any (p_leads);
  get diagnostics v_deleted = row_count;
  return v_deleted;
end
$$;

-- What is of a lead alone goes with it: notes and tasks that are of no contact.
create function app.forget_parts_of_lead() returns trigger
language plpgsql security definer
set search_path = ''
as $$
begin
  if exists (select from crm.activities a where a.workspace_id = old.workspace_id and a.lead_id = old.id) then
    delete from crm.activities a
      where a.workspace_id = old.workspace_id and a.lead_id = old.id and a.contact_id is null;
  end if;
  if exists (select from crm.tasks t where t.workspace_id = old.workspace_id and t.lead_id = old.id) then
    delete from crm.tasks t
      where t.workspace_id = old.workspace_id and t.lead_id = old.id and t.contact_id is null;
  end if;
  return old;
end
$$;

create trigger forget_parts before delete on crm.leads
  for each row execute function app.forget_parts_of_lead();

revoke execute on all routines in schema app from public;
grant execute on function app.set_status_of_leads(uuid[], bigint), app.assign_leads(uuid[], bigint),
  app.tag_leads(uuid[], jsonb, boolean), app.delete_leads(uuid[]) to lumenbase_api;
