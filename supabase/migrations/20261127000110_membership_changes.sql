-- What people change of the companies that a contact is and was with.

-- Locks a contact for a change of its memberships; whether there is one.
create function app.lock_contact(p_contact uuid) returns boolean
language plpgsql volatile
set search_path = ''
as $$
begin
  perform from crm.contacts c
    where c.workspace_id = app.workspace_id() and c.id = p_contact for no key update;
  return found;
end
$$;

-- Raises LB070 for a membership that is to end in the future, LB071 for one that ends before it started.
create function app.check_membership(p_new crm.company_memberships) returns void
language plpgsql stable
set search_path = ''
as $$
begin
  if p_new.ended_at > now() then
    raise exception 'a membership must not end in the future' using errcode = 'LB070';
  elsif p_new.ended_at < p_new.started_at then
    raise exception 'a membership must not end before it started' using errcode = 'LB071';
  end if;
end
$$;

-- Makes a current or ended membership of a contact, and answers its id; nothing when there is no contact.
-- Raises LB070 to LB073.
create function app.add_membership(p_contact uuid, p_fields jsonb) returns setof uuid
language plpgsql volatile
set search_path = ''
as $$
declare
  v_workspace constant uuid := app.workspace_id();
  v_new crm.company_memberships := jsonb_populate_record(null::crm.company_memberships, p_fields);
  v_is_first boolean;
begin
  if not app.lock_contact(p_contact) then
    return;
  end if;
  v_new.id := app.uuid_v7();
  v_new.started_at := coalesce(v_new.started_at, least(now(), v_new.ended_at));
  perform app.check_membership(v_new);
  v_is_first := not exists (
    select from crm.company_memberships m
    where m.workspace_id = v_workspace and m.contact_id = p_contact and m.ended_at is null);
  perform app.check_primary(v_new.is_primary, v_is_first, v_new.ended_at is null);
  v_new.is_primary := v_new.ended_at is null and coalesce(v_new.is_primary, v_is_first);
  if v_new.is_primary then
    perform app.give_up_primary(p_contact);
  end if;
  insert into crm.company_memberships (id, contact_id, company_id, role, is_primary, started_at, ended_at)
    values (v_new.id, p_contact, v_new.company_id, v_new.role, v_new.is_primary, v_new.started_at,
      v_new.ended_at);
  perform app.settle_primary_membership(p_contact);
  return next v_new.id;
end
$$;

-- Changes what is given of a membership of a contact, and answers its id; nothing when there is none.
-- Raises LB070 to LB073.
create function app.change_membership(p_contact uuid, p_id uuid, p_fields jsonb) returns setof uuid
language plpgsql volatile
set search_path = ''
as $$
declare
  v_workspace constant uuid := app.workspace_id();
  v_old crm.company_memberships;
  v_new crm.company_memberships;
begin
  if not app.lock_contact(p_contact) then
    return;
  end if;
  select m.* into v_old from crm.company_memberships m
    where m.workspace_id = v_workspace and m.contact_id = p_contact and m.id = p_id for update;
  if not found then
    return;
  end if;
  v_new := jsonb_populate_record(v_old, p_fields);
  perform app.check_membership(v_new);
  perform app.check_primary(
    (p_fields ->> 'is_primary')::boolean, v_old.is_primary, v_new.ended_at is null);
  v_new.is_primary := v_new.is_primary and v_new.ended_at is null;
  if v_new.is_primary and not v_old.is_primary then
    perform app.give_up_primary(p_contact);
  end if;
  update crm.company_memberships m
    set (role, is_primary, started_at, ended_at) =
      row (v_new.role, v_new.is_primary, v_new.started_at, v_new.ended_at)
    where m.workspace_id = v_workspace and m.id = p_id and v_new is distinct from v_old;
  perform app.settle_primary_membership(p_contact);
  return next p_id;
end
$$;

-- Removes a membership of a contact, and answers its id; nothing when there is none.
create function app.remove_membership(p_contact uuid, p_id uuid) returns setof uuid
language plpgsql volatile
set search_path = ''
as $$
begin
  if not app.lock_contact(p_contact) then
    return;
  end if;
  return query delete from crm.company_memberships m
    where m.workspace_id = app.workspace_id() and m.contact_id = p_contact and m.id = p_id
    returning m.id;
  perform app.settle_primary_membership(p_contact);
end
$$;

-- Raises LB072 when the one that has to be the primary one is not to be, LB073 when one that ended is.
create function app.check_primary(p_given boolean, p_must boolean, p_is_current boolean) returns void
language plpgsql immutable
set search_path = ''
as $$
begin
  if not p_given and p_must and p_is_current then
    raise exception 'a contact with current memberships has a primary one' using errcode = 'LB072';
  elsif p_given and not p_is_current then
    raise exception 'a membership that ended is no primary one' using errcode = 'LB073';
  end if;
end
$$;

create function app.give_up_primary(p_contact uuid) returns void
language plpgsql volatile
set search_path = ''
as $$
begin
  update crm.company_memberships m set is_primary = false
    where m.workspace_id = app.workspace_id() and m.contact_id = p_contact and m.is_primary;
end
$$;

revoke execute on all routines in schema app from public;
grant execute on function app.lock_contact(uuid), app.check_membership(crm.company_memberships),
  app.check_primary(boolean, boolean, boolean), app.give_up_primary(uuid), app.add_membership(uuid, jsonb),
  app.change_membership(uuid, uuid, jsonb), app.remove_membership(uuid, uuid) to lumenbase_api;
