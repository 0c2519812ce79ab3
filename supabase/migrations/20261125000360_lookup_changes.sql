-- What is added to a list of values, and changed in one.

-- Makes a value of a list, and answers it. The fields: {"module_name", "type", "name", "value",
-- "color_code", "parent_id": number}. Raises LB080 when no value can be added, or for a parent that is none.
create function app.create_lookup(p_fields jsonb) returns setof crm.lookups_with_tags
language plpgsql volatile
set search_path = ''
as $$
declare
  v_workspace constant uuid := app.workspace_id();
  v_module constant text collate "C" := p_fields ->> 'module_name';
  v_type constant text collate "C" := p_fields ->> 'type';
  v_parent constant bigint := p_fields ->> 'parent_id';
  v_parent_id uuid;
  v_id constant uuid := app.uuid_v7();
begin
  if v_module = 'lead' and v_type in ('priority', 'custom_field') then
    raise exception using errcode = 'LB080', message = jsonb_build_array(jsonb_build_object(
      'field', 'type', 'message', case v_type when 'priority' then 'The four priorities are all there are.'
        else 'A custom field is defined by lead/custom-field.' end));
  end if;
  select l.id into v_parent_id from crm.lookups_with_tags l
    where l.workspace_id = v_workspace and l.module_name = v_module and l.type = v_type
      and l.number = v_parent;
  if v_parent is not null and v_parent_id is null then
    raise exception using errcode = 'LB080', message = jsonb_build_array(jsonb_build_object(
      'field', 'parent_id', 'message', 'No value of this list with this id.'));
  end if;
  if v_module = 'lead' and v_type = 'tags' then
    perform app.require_value_of_tag(p_fields ->> 'name', p_fields ->> 'value');
    insert into crm.tags (id, name, color, parent_id)
      values (v_id, p_fields ->> 'name', p_fields ->> 'color_code', v_parent_id);
  else
    insert into crm.lookups (id, module_name, type, name, value, color_code, parent_id)
      values (v_id, v_module, v_type, p_fields ->> 'name', coalesce(p_fields ->> 'value',
        nullif(trim('_' from regexp_replace(lower((p_fields ->> 'name') collate "und-x-icu"), '\W+', '_', 'g')),
          ''), p_fields ->> 'name'), p_fields ->> 'color_code', v_parent_id);
  end if;
  return query select * from crm.lookups_with_tags l where l.workspace_id = v_workspace and l.id = v_id;
end
$$;

-- Raises LB080 unless the value of a tag is its name, if it is given.
create function app.require_value_of_tag(p_name text, p_value text) returns void
language plpgsql immutable
set search_path = ''
as $$
begin
  if p_value <> p_name then
    raise exception using errcode = 'LB080', message = jsonb_build_array(jsonb_build_object(
      'field', 'value', 'message', 'The value of a tag is its name; leave it out.'));
  end if;
end
$$;

-- The lookup with a number in the list of this name, else in the only one that has the number, locked. Raises
-- LB080 when several do.
create function app.lock_lookup(p_number bigint, p_module text, p_type text) returns crm.lookups_with_tags
language plpgsql volatile
set search_path = ''
as $$
declare
  v_workspace constant uuid := app.workspace_id();
  v_found crm.lookups_with_tags[];
begin
  perform from crm.lookups l where l.workspace_id = v_workspace and l.number = p_number
    order by l.id for no key update;
  perform from crm.tags t where t.workspace_id = v_workspace and t.number = p_number for no key update;
  v_found := array(
    select l from crm.lookups_with_tags l
    where l.workspace_id = v_workspace and l.number = p_number
      and l.module_name = coalesce(p_module collate "C", l.module_name)
      and l.type = coalesce(p_type collate "C", l.type));
  if cardinality(v_found) > 1 then
    raise exception using errcode = 'LB080', message = jsonb_build_array(jsonb_build_object('field', 'type',
      'message', 'Several lists have this id: give module_name and type, to say which.'));
  end if;
  return v_found[1];
end
$$;

-- Changes a value of a list, and with it what the records store that have it; answers it, or nothing when
-- there is none. Raises LB080 for what of it must stay as it is.
create function app.change_lookup(p_number bigint, p_fields jsonb) returns setof crm.lookups_with_tags
language plpgsql volatile
set search_path = ''
as $$
declare
  v_workspace constant uuid := app.workspace_id();
  v_old constant crm.lookups_with_tags :=
    app.lock_lookup(p_number, p_fields ->> 'module_name', p_fields ->> 'type');
  v_new crm.lookups_with_tags := jsonb_populate_record(v_old, p_fields - '{module_name, type}'::text[]);
  v_mistakes jsonb := '[]';
begin
  if v_old.id is null then
    return;
  end if;
  if v_old.is_system and v_new.value <> v_old.value then
    v_mistakes := v_mistakes || jsonb_build_object('field', 'value',
      'message', 'The value of one that every organization has cannot change.');
  end if;
  if v_old.is_active and not v_new.is_active and v_old.is_system and v_old.module_name = 'lead'
    and (v_old.type = 'priority' or v_old.type = 'status' and v_old.number = 1)
  then
    v_mistakes := v_mistakes || jsonb_build_object('field', 'is_active', 'message', 'This one stays active.');
  end if;
  if v_mistakes <> '[]' then
    raise exception using errcode = 'LB080', message = v_mistakes;
  end if;
  if v_old.module_name = 'lead' and v_old.type = 'tags' then
    perform app.require_value_of_tag(v_new.name, p_fields ->> 'value');
    update crm.tags t set name = v_new.name, color = v_new.color_code, is_active = v_new.is_active
      where t.workspace_id = v_workspace and t.id = v_old.id;
  else
    update crm.lookups l
      set name = v_new.name, value = v_new.value, color_code = v_new.color_code, is_active = v_new.is_active
      where l.workspace_id = v_workspace and l.id = v_old.id;
    if v_old.module_name = 'lead' and v_new.value <> v_old.value then
      update crm.leads l set status = v_new.value
        where l.workspace_id = v_workspace and l.status = v_old.value and v_old.type = 'status';
      update crm.leads l set source = v_new.value
        where l.workspace_id = v_workspace and l.source = v_old.value and v_old.type = 'source';
    elsif v_old.module_name = 'contact' and v_old.type = 'status' and v_new.value <> v_old.value then
      update crm.contacts c set status = v_new.value
        where c.workspace_id = v_workspace and c.status = v_old.value;
    end if;
  end if;
  return query select * from crm.lookups_with_tags l where l.workspace_id = v_workspace and l.id = v_old.id;
end
$$;

revoke execute on all routines in schema app from public;
grant execute on function app.create_lookup(jsonb), app.require_value_of_tag(text, text),
  app.lock_lookup(bigint, text, text), app.change_lookup(bigint, jsonb) to lumenbase_api;
