-- The feed of changes that the workspace's clients read, and how far back it goes.

-- How far the workspace's events were removed: all up to this position, in the order they are read in.
create table crm.event_horizons (
  workspace_id uuid primary key references crm.workspaces (id) on delete cascade,
  xid xid8 not null,
  sequence bigint not null
);

alter table crm.event_horizons enable row level security, force row level security;
create policy tenant on crm.event_horizons for select
  using (workspace_id = (select app.workspace_id()));
create policy owner on crm.event_horizons to current_user using (true) with check (true);
grant select on crm.event_horizons to lumenbase_api;

-- What is removed after a time is found by it.
create index events_at_idx on crm.events (at);

-- Removes events older than 30 days, of every workspace, at most so many, oldest first; answers how many.
-- Passes over those of a workspace that is being deleted.
create function app.prune_events(p_most integer) returns integer
language plpgsql volatile strict security definer
set search_path = ''
as $$
declare
  v_count integer;
begin
  with old as materialized (
    select e.ctid
    from crm.events e join crm.workspaces w on w.id = e.workspace_id
    where e.at < now() - interval '30 days'
    order by e.at limit p_most
    for update of e skip locked for key share of w skip locked
  ), gone as (
    -- Where they are, as they are locked: joined by their keys, all events might be read for them.
    delete from crm.events where ctid = any (array(select old.ctid from old))
    returning workspace_id, xid, sequence
  ), moved as (
    insert into crm.event_horizons as horizon (workspace_id, xid, sequence)
      select distinct on (workspace_id) workspace_id, xid, sequence from gone
      order by workspace_id, xid desc, sequence desc
    on conflict (workspace_id) do update set xid = excluded.xid, sequence = excluded.sequence
      where (excluded.xid, excluded.sequence) > (horizon.xid, horizon.sequence)
  )
  select count(*) into v_count from gone;
  return v_count;
end
$$;

-- The workspace's events of some types ('contacts.created') after a position, or from the oldest that is
-- kept on, in an order that has no gaps later: at most so many, of so many that are looked at, and no
-- more once they have so many bytes. Then a row without an event: how far this went, and whether there
-- may be more at once. Raises LB031 for a position behind which events were removed.
create function app.read_feed(
  p_xid xid8, p_sequence bigint, p_types text[], p_most integer, p_looked_at integer, p_bytes integer,
  out xid xid8, out sequence bigint, out event crm.events, out more boolean
) returns setof record
language plpgsql stable
set search_path = ''
as $$
declare
  v_horizon crm.event_horizons;
  v_event crm.events;
  v_left integer := p_looked_at;
  v_chunk integer;
  v_read integer;
  v_found integer := 0;
  v_bytes bigint := 0;
begin
  select h.* into v_horizon from crm.event_horizons h
  where h.workspace_id = (select app.workspace_id());
  if (p_xid, p_sequence) < (v_horizon.xid, v_horizon.sequence) then
    raise exception using errcode = 'LB031', message = 'events after this position were removed';
  end if;
  xid := coalesce(p_xid, v_horizon.xid, '0');
  sequence := coalesce(p_sequence, v_horizon.sequence, 0);
  more := false;
  loop
    v_chunk := least(v_left, p_most - v_found + 100);
    v_read := 0;
    for v_event in select * from app.read_events(xid, sequence, v_chunk) loop
      if v_found = p_most or v_bytes >= p_bytes then
        more := true;
        exit;
      end if;
      v_read := v_read + 1;
      xid := v_event.xid;
      sequence := v_event.sequence;
      if v_event.resource || '.' || v_event.action = any (p_types) then
        v_found := v_found + 1;
        v_bytes := v_bytes + coalesce(octet_length(v_event.before::text), 0)
          + coalesce(octet_length(v_event.after::text), 0);
        event := v_event;
        return next;
      end if;
    end loop;
    v_left := v_left - v_read;
    exit when more or v_read < v_chunk;
    more := v_left = 0;
    exit when more;
  end loop;
  event := null;
  return next;
end
$$;

-- A record of an event as JSON text: these columns in this order, those that are times as RFC 3339 in UTC
-- with all six digits of the fraction; null for none.
create function app.told_record(p_record jsonb, p_columns text[], p_times text[]) returns text
language sql immutable
set search_path = ''
as $$
  select '{' || string_agg(to_json(name)::text || ':' || coalesce(
      case when name = any (p_times) then to_json(to_char(
          (p_record ->> name)::timestamptz at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'))::text
        else (p_record -> name)::text end, 'null'), ',' order by place) || '}'
  from unnest(p_columns) with ordinality told (name, place)
  where p_record is not null
$$;

revoke execute on all routines in schema app from public;
grant execute on function
  app.read_feed(xid8, bigint, text[], integer, integer, integer),
  app.told_record(jsonb, text[], text[])
to lumenbase_api;
