-- What connectors were sent. One row an event: a sender's retry of an event finds the row of the first try.
create table crm.connector_deliveries (
  workspace_id uuid not null default app.workspace_id() references crm.workspaces (id) on delete cascade,
  id uuid not null default app.uuid_v7(),
  connector_id uuid,
  event_id text collate "C" check (length(event_id) between 1 and 255),
  status text not null check (status in ('pending', 'accepted', 'failed', 'ignored', 'test')),
  attempts integer not null default 1,
  content_type text not null,
  -- As it was received, or, when it carried several events, this one as JSON (part).
  body bytea not null,
  part boolean not null default false,
  -- What was fetched from the sender to complete the event.
  looked_up jsonb,
  mapped jsonb,
  error jsonb,
  -- Fields of an accepted event that could not be read as they were sent: [{"field", "message"}].
  warnings jsonb not null default '[]',
  outcome text check (outcome in ('created', 'updated')),
  contact_id uuid,
  activity_id uuid,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  primary key (workspace_id, id),
  constraint connector_deliveries_event_id_key unique (workspace_id, connector_id, event_id),
  constraint connector_deliveries_connector_id_fkey foreign key (workspace_id, connector_id)
    references crm.connectors (workspace_id, id) on delete set null (connector_id),
  constraint connector_deliveries_contact_id_fkey foreign key (workspace_id, contact_id)
    references crm.contacts (workspace_id, id) on delete set null (contact_id),
  constraint connector_deliveries_activity_id_fkey foreign key (workspace_id, activity_id)
    references crm.activities (workspace_id, id) on delete set null (activity_id)
);

create index connector_deliveries_created_at_idx
  on crm.connector_deliveries (workspace_id, created_at, id);
create index connector_deliveries_connector_id_idx
  on crm.connector_deliveries (workspace_id, connector_id, created_at, id);
create index connector_deliveries_status_idx
  on crm.connector_deliveries (workspace_id, status, created_at, id);
create index connector_deliveries_contact_id_idx
  on crm.connector_deliveries (workspace_id, contact_id, created_at, id);
create index connector_deliveries_activity_id_idx
  on crm.connector_deliveries (workspace_id, activity_id, created_at, id);
create index connector_deliveries_expiry_idx on crm.connector_deliveries (created_at);
call app.make_tenant_table('connector_deliveries');
call app.count_by('connector_deliveries', '{status, connector_id}');

-- Keeps an event as it was received, or finds the row of its first try. Raises LB004, with the row's id
-- as its message, when that one was accepted (or, of a test or an event to be ignored, just kept).
create function app.receive_delivery(
  p_connector uuid, p_event_id text, p_content_type text, p_body bytea, p_part boolean
) returns uuid
language plpgsql volatile
set search_path = ''
as $$
declare
  v_id uuid;
begin
  insert into crm.connector_deliveries as kept (connector_id, event_id, status, content_type, body, part)
    values (p_connector, p_event_id, 'pending', p_content_type, p_body, p_part)
    on conflict (workspace_id, connector_id, event_id) do update
      set content_type = excluded.content_type, body = excluded.body, part = excluded.part,
        attempts = kept.attempts + 1
      where kept.status in ('pending', 'failed')
    returning id into v_id;
  if v_id is null then
    raise exception using errcode = 'LB004', message = (
      select d.id::text from crm.connector_deliveries d
      where d.workspace_id = app.workspace_id() and d.connector_id = p_connector
        and d.event_id = p_event_id);
  end if;
  return v_id;
end
$$;

revoke execute on all routines in schema app from public;
grant execute on function app.receive_delivery(uuid, text, text, bytea, boolean) to lumenbase_api;
