-- Notifications on their way to the organisation's Slack, in the channel that it was connected with: one message for
-- all users who are told the same at once. Each is posted by a job of the kind slack.post, and gone when that has
-- ended.

create table crm.slack_messages (
  workspace_id uuid not null default app.workspace_id() references crm.workspaces (id) on delete cascade,
  id uuid not null default app.uuid_v7(),
  title text not null,
  body text,
  -- The names of whom it is for.
  people text[] not null,
  -- Since when it is being posted. Whoever finds this set does not know whether it was, and posts it no more.
  begun_at timestamptz,
  created_at timestamptz not null default now(),
  primary key (workspace_id, id)
);

call app.make_tenant_table('slack_messages', 'select, insert, update, delete');

create function app.tell_slack() returns trigger
language plpgsql security definer
set search_path = ''
as $$
begin
  with message as (
    insert into crm.slack_messages (workspace_id, title, body, people)
      select n.workspace_id, n.title, n.body, array_agg(u.name order by u.name, u.id)
      from new_notifications n
      join crm.users u on u.workspace_id = n.workspace_id and u.id = n.user_id
      where exists (
        select from crm.connected_accounts a
        where a.workspace_id = n.workspace_id and a.provider = 'slack' and a.user_id is null
          and a.status = 'connected' and a.settings ? 'channel')
      group by n.workspace_id, n.type, n.title, n.body, n.subject_type, n.subject_id
      returning workspace_id, id
  )
  insert into crm.jobs (workspace_id, kind, payload)
    select message.workspace_id, 'slack.post', jsonb_build_object('message_id', message.id) from message;
  return null;
end
$$;

create trigger tell_slack after insert on crm.notifications
  referencing new table as new_notifications for each statement execute function app.tell_slack();

revoke execute on all routines in schema app from public;
