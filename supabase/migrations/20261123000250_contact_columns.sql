-- What the statements that write contacts say of their columns, made from the catalog.

-- Ingest sets every column but those that the database sets itself, and those that LIO alone takes. In
-- these parts of statements, `given` is the row that is given, `c` the stored one, and v_given the JSON
-- whose keys tell what is given.
create function app.contact_sql(
  -- The columns set, and their definitions for jsonb_to_recordset.
  out columns text,
  out types text,
  -- Their values in an insert: the default where null is given and not allowed.
  out inserted text,
  -- Their values in an update by jsonb_populate_record(c, …): c's where null is given and not allowed.
  out changed text,
  -- As columns and changed, without the email that found c: setting a key's column locks a row harder.
  out merged_columns text,
  out merged text,
  -- Assignments for `on conflict (workspace_id, email) do update set`.
  out overwritten text,
  -- The columns answered, of c, and with their types.
  out answered text,
  out answers text,
  out answered_types text
)
language sql stable
set search_path = ''
as $$
  select string_agg(name, ', ') filter (where is_set),
    string_agg(typed, ', ') filter (where is_set),
    string_agg(inserted, ', ') filter (where is_set),
    string_agg(changed, ', ') filter (where is_set),
    string_agg(name, ', ') filter (where is_set and name <> 'email'),
    string_agg(changed, ', ') filter (where is_set and name <> 'email'),
    string_agg(overwritten, ', ') filter (where is_set and name <> 'email'),
    string_agg(name, ', '),
    string_agg('c.' || name, ', '),
    string_agg(typed, ', ')
  from (
    select quote_ident(a.attname) as name,
      a.attname not in ('id', 'created_at', 'updated_at') as is_set,
      format('%I %s', a.attname, format_type(a.atttypid, a.atttypmod)) as typed,
      format(case when a.attnotnull then 'coalesce(given.%1$I, %2$s)' else 'given.%1$I' end,
        a.attname, coalesce(pg_get_expr(d.adbin, d.adrelid), 'null')) as inserted,
      format(case when a.attnotnull then 'coalesce(given.%1$I, c.%1$I)' else 'given.%1$I' end,
        a.attname) as changed,
      format(case when a.attnotnull
        then '%1$I = case when v_given ->> %1$L is null then c.%1$I else excluded.%1$I end'
        else '%1$I = case when v_given ? %1$L then excluded.%1$I else c.%1$I end' end,
        a.attname) as overwritten
    from pg_catalog.pg_attribute a
    left join pg_catalog.pg_attrdef d on d.adrelid = a.attrelid and d.adnum = a.attnum
    where a.attrelid = 'crm.contacts'::regclass and a.attnum > 0 and not a.attisdropped
      and a.attgenerated = '' and a.attname not in ('workspace_id', 'number')
      and a.attname not in ('owner_id', 'seniority', 'decision_maker', 'linkedin_url', 'lead_score')
    order by a.attnum
  ) of_contacts
$$;

revoke execute on all routines in schema app from public;
