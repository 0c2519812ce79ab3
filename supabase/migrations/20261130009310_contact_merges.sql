-- Merges of two contacts: one is kept, what was linked to the other one is linked to it, and that one is deleted.

create table crm.contact_merges (
  workspace_id uuid not null default app.workspace_id() references crm.workspaces (id) on delete cascade,
  id uuid not null default app.uuid_v7(),
  -- Without foreign keys: what was merged is told of contacts that are gone as well.
  keep_id uuid not null,
  merged_id uuid not null,
  -- How many records were moved, of each kind.
  moved jsonb not null check (jsonb_typeof(moved) = 'object'),
  -- What undoing needs, until it is done or can be no more: {"contact": the merged one, "before" and "after": columns
  -- of the kept one that changed, "moved": {table: [keys]}, "dropped": {table: [rows]}, "addresses": [ids]}.
  undo jsonb check (jsonb_typeof(undo) = 'object'),
  undo_until timestamptz not null default now() + interval '30 days',
  -- Who merged them, as events tell it.
  actor jsonb,
  undone_at timestamptz,
  undone_by jsonb,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  primary key (workspace_id, id)
);

create index contact_merges_created_at_idx on crm.contact_merges (workspace_id, created_at, id);
create index contact_merges_keep_id_idx on crm.contact_merges (workspace_id, keep_id, created_at, id);
create index contact_merges_merged_id_idx on crm.contact_merges (workspace_id, merged_id, created_at, id);
create index contact_merges_expiry_idx on crm.contact_merges (undo_until) where undo is not null;
call app.make_tenant_table('contact_merges', 'select');

-- What refers to a contact by contact_id, with what a row of it is told apart by among those of one contact. Where two
-- contacts cannot both be merged into one row, clash tells which row of the kept one (kept) stands for one of the other
-- (its).
create function app.contact_links(out name text, out key text, out clash text) returns setof record
language sql immutable
set search_path = ''
as $$
  select * from (values
    ('leads', 'id', null),
    ('deals', 'id', null),
    ('tasks', 'id', null),
    ('invoices', 'id', null),
    ('activities', 'id', null),
    ('meetings', 'id', null),
    ('calls', 'id', null),
    ('messages', 'id', null),
    ('attachments', 'id', 'kept.subject_id = kept.contact_id and its.subject_id = its.contact_id
      and kept.external_id_key = its.external_id_key'),
    ('company_memberships', 'id', 'kept.ended_at is null and its.ended_at is null
      and kept.company_id = its.company_id'),
    ('contact_tags', 'tag_id', 'kept.tag_id = its.tag_id'),
    ('marketing_list_members', 'list_id', 'kept.list_id = its.list_id'),
    ('target_account_contacts', 'id', 'kept.target_account_id = its.target_account_id'),
    ('outreach_steps', 'id', null),
    ('connector_deliveries', 'id', null),
    ('contact_addresses', 'id', null)
  ) links
$$;

-- Links to one contact what is linked to another: of each table, the keys of rows that were moved, and the rows that
-- went, as the one has their like.
create function app.move_contact_links(p_from uuid, p_to uuid, out moved jsonb, out dropped jsonb)
language plpgsql volatile
set search_path = ''
as $$
declare
  v_link record;
  v_rows jsonb;
begin
  moved := '{}';
  dropped := '{}';
  for v_link in select * from app.contact_links() loop
    if v_link.clash is not null then
      execute format('with gone as (
          delete from crm.%1$I its where its.workspace_id = $1 and its.contact_id = $2 and exists (
            select from crm.%1$I kept where kept.workspace_id = $1 and kept.contact_id = $3 and %2$s)
          returning its.*)
        select coalesce(jsonb_agg(to_jsonb(gone)), ''[]'') from gone', v_link.name, v_link.clash)
        into v_rows using app.workspace_id(), p_from, p_to;
      dropped := dropped || jsonb_build_object(v_link.name, v_rows);
    end if;
    -- Which membership is the primary one, the contact's company tells.
    execute format('with moved as (
        update crm.%1$I its set contact_id = $3%2$s where its.workspace_id = $1 and its.contact_id = $2
        returning its.%3$I as key)
      select coalesce(jsonb_agg(key), ''[]'') from moved', v_link.name,
      case v_link.name when 'company_memberships' then ', is_primary = false' else '' end, v_link.key)
      into v_rows using app.workspace_id(), p_from, p_to;
    moved := moved || jsonb_build_object(v_link.name, v_rows);
  end loop;
  -- Steps that were planned with either.
  update crm.target_account_contacts kept set steps = kept.steps + gone.steps
    from jsonb_populate_recordset(null::crm.target_account_contacts, dropped -> 'target_account_contacts') gone
    where kept.workspace_id = app.workspace_id() and kept.contact_id = p_to
      and kept.target_account_id = gone.target_account_id and gone.steps > 0;
end
$$;

-- Inserts rows again that were told as JSON, with their ids and numbers, but for those of which what they belong to is
-- gone; answers how many.
create function app.put_back(p_table text, p_rows jsonb) returns integer
language plpgsql volatile
set search_path = ''
as $$
declare
  v_columns constant text := (
    select string_agg(quote_ident(a.attname), ', ' order by a.attnum) from pg_catalog.pg_attribute a
    where a.attrelid = format('crm.%I', p_table)::regclass and a.attnum > 0 and not a.attisdropped
      and a.attgenerated = '');
  v_row jsonb;
  v_count integer := 0;
begin
  for v_row in select jsonb_array_elements(p_rows) loop
    begin
      execute format('insert into crm.%1$I (%2$s) overriding system value
        select %2$s from jsonb_populate_record(null::crm.%1$I, $1)', p_table, v_columns) using v_row;
      v_count := v_count + 1;
    exception when foreign_key_violation then
      null;
    end;
  end loop;
  return v_count;
end
$$;

revoke execute on all routines in schema app from public;
