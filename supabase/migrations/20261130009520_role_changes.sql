-- How a workspace's own roles are changed and deleted, and what follows for the users who have them.

-- Gives all users with a role of the workspace's own another one, or what it gives by now. They are locked before
-- any is changed: who is the last admin is asked under a lock of its own (app.keep_an_admin).
create function app.change_users_of_role(p_number bigint, p_custom_role bigint, p_base text) returns void
language plpgsql volatile
set search_path = ''
as $$
begin
  perform from crm.users u
    where u.workspace_id = app.workspace_id() and u.custom_role = p_number order by u.id for no key update;
  update crm.users u
    set custom_role = p_custom_role, role = case p_base when 'rep' then 'member' else p_base end,
      is_rep = p_base = 'rep'
    where u.workspace_id = app.workspace_id() and u.custom_role = p_number;
end
$$;

create function app.follow_role() returns trigger
language plpgsql
set search_path = ''
as $$
begin
  perform app.change_users_of_role(new.number, new.number, new.base);
  return null;
end
$$;

create trigger follow_changed after update of base on crm.roles
  for each row when (new.base <> old.base) execute function app.follow_role();

-- Locks a role of the workspace's own and answers its number, null when there is none. Raises LB130 for a role
-- that every workspace has; the message is its name.
create function app.lock_role(p_id uuid) returns bigint
language plpgsql volatile
set search_path = ''
as $$
declare
  v_number bigint;
  v_standard text;
begin
  select r.number into v_number from crm.roles r
    where r.workspace_id = app.workspace_id() and r.id = p_id for update;
  select r.name into v_standard from crm.all_roles r
    where r.workspace_id = app.workspace_id() and r.id = p_id and r.is_system;
  if v_standard is not null then
    raise exception '%', v_standard using errcode = 'LB130';
  end if;
  return v_number;
end
$$;

-- Deletes a role of the workspace's own, whose users get the one that replaces it; answers its id, null when there
-- is none. Raises LB131 when it has users and nothing replaces it; the message is how many.
create function app.delete_role(p_id uuid, p_replace_with uuid) returns uuid
language plpgsql volatile
set search_path = ''
as $$
declare
  v_number constant bigint := app.lock_role(p_id);
  v_users constant bigint := (
    select count(*) from crm.users u where u.workspace_id = app.workspace_id() and u.custom_role = v_number);
  v_other crm.all_roles;
begin
  if v_number is null then
    return null;
  end if;
  select * into v_other from crm.all_roles r
    where r.workspace_id = app.workspace_id() and r.id = p_replace_with and r.id <> p_id;
  if v_other.number is not null then
    perform app.change_users_of_role(
      v_number, case when not v_other.is_system then v_other.number end, v_other.base);
  elsif p_replace_with is not null then
    raise exception '%', '[{"field": "replace_with", "message": "Must be the id of another role."}]'
      using errcode = 'LB080';
  elsif v_users > 0 then
    raise exception '%', v_users using errcode = 'LB131';
  end if;
  delete from crm.roles r where r.workspace_id = app.workspace_id() and r.id = p_id;
  return p_id;
end
$$;

revoke execute on all routines in schema app from public;
grant execute on function app.change_users_of_role(bigint, bigint, text), app.lock_role(uuid),
  app.delete_role(uuid, uuid) to lumenbase_api;
