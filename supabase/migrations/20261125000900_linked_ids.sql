-- Links given by number, as the APIs with numeric ids give them.

-- The ids behind links, each {"field", "column", "record", "table", "number"}, by their columns. Raises
-- LB015 unless all lead to records: the message is an array of {"field", "record"} of those that do not.
create function app.linked_ids(p_links jsonb) returns jsonb
language plpgsql stable
set search_path = ''
as $$
declare
  v_link record;
  v_id uuid;
  v_ids jsonb := '{}';
  v_unknown jsonb := '[]';
begin
  for v_link in
    select * from jsonb_to_recordset(p_links)
      as link ("field" text, "column" text, "record" text, "table" text, "number" bigint)
  loop
    if v_link."table" is null or v_link."table" not in (
      'activities', 'companies', 'contacts', 'deals', 'invoices', 'leads', 'pipelines', 'stages',
      'tags', 'tasks', 'users'
    ) then
      raise exception using errcode = '22023', message = 'a link to no table of records';
    end if;
    execute format('select id from crm.%I where number = $1', v_link."table")
      into v_id using v_link."number";
    if v_id is null then
      v_unknown := v_unknown || jsonb_build_object('field', v_link."field", 'record', v_link."record");
    else
      v_ids := v_ids || jsonb_build_object(v_link."column", v_id);
    end if;
  end loop;
  if v_unknown <> '[]' then
    raise exception using errcode = 'LB015', message = v_unknown::text;
  end if;
  return v_ids;
end
$$;

comment on function app.linked_ids(jsonb) is
  'Runs as its caller, so that the row policies hide the records of other workspaces.';

-- Raises LB015 as app.linked_ids does for links given by id: [{"field", "record", "table", "id"}].
create function app.require_links(p_links jsonb) returns void
language plpgsql stable
set search_path = ''
as $$
declare
  v_link record;
  v_found uuid;
  v_unknown jsonb := '[]';
begin
  for v_link in
    select * from jsonb_to_recordset(p_links) as link ("field" text, "record" text, "table" text, "id" uuid)
  loop
    if v_link."table" is null or v_link."table" not in (
      'companies', 'contacts', 'deals', 'pipelines', 'stages', 'users'
    ) then
      raise exception using errcode = '22023', message = 'a link to no table of records';
    end if;
    execute format('select id from crm.%I where id = $1', v_link."table") into v_found using v_link."id";
    if v_found is null then
      v_unknown := v_unknown || jsonb_build_object('field', v_link."field", 'record', v_link."record");
    end if;
  end loop;
  if v_unknown <> '[]' then
    raise exception using errcode = 'LB015', message = v_unknown::text;
  end if;
end
$$;

comment on function app.require_links(jsonb) is
  'Runs as its caller, so that the row policies hide the records of other workspaces.';

revoke execute on all routines in schema app from public;
grant execute on function app.linked_ids(jsonb), app.require_links(jsonb) to lumenbase_api;
