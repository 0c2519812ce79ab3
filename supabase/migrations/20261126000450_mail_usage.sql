-- How many messages an integration sent on a UTC day, those under way among them.
create table crm.mail_usage (
  workspace_id uuid not null references crm.workspaces (id) on delete cascade,
  integration_id uuid not null,
  day date not null,
  messages integer not null check (messages >= 0),
  primary key (workspace_id, integration_id, day),
  constraint mail_usage_integration_id_fkey foreign key (workspace_id, integration_id)
    references crm.integrations (workspace_id, id) on delete cascade
) with (fillfactor = 50);

create index mail_usage_day_idx on crm.mail_usage (day);
alter table crm.mail_usage enable row level security, force row level security;
create policy tenant on crm.mail_usage for select using (workspace_id = (select app.workspace_id()));
create policy owner on crm.mail_usage to current_user using (true) with check (true);
grant select on crm.mail_usage to lumenbase_api;

-- Counts a message for today, if the integration's daily limit allows one more; answers the day it is
-- counted on, or null. The row stays locked until the transaction ends, so the count is exact.
create function app.count_mail(p_integration uuid) returns date
language sql volatile security definer
set search_path = ''
as $$
  insert into crm.mail_usage as used (workspace_id, integration_id, day, messages)
    select i.workspace_id, i.id, app.utc_today(), 1 from crm.integrations i
    where i.workspace_id = (select app.workspace_id()) and i.id = p_integration
    on conflict (workspace_id, integration_id, day) do update set messages = used.messages + 1
      where used.messages < coalesce((
        select (i.settings ->> 'daily_limit')::integer from crm.integrations i
        where i.workspace_id = used.workspace_id and i.id = used.integration_id), 2147483647)
    returning day
$$;

-- Takes a message out of a day's count.
create function app.uncount_mail(p_integration uuid, p_day date) returns void
language sql volatile security definer
set search_path = ''
as $$
  update crm.mail_usage set messages = messages - 1
    where workspace_id = (select app.workspace_id()) and integration_id = p_integration and day = p_day
      and messages > 0
$$;

-- Removes counts that nobody asks for any more.
create function app.forget_mail_usage() returns void
language sql volatile security definer
set search_path = ''
as $$ delete from crm.mail_usage where day < app.utc_today() - 60 $$;

insert into crm.schedules (name, function, seconds) values
  ('mail.usage', 'app.forget_mail_usage()', 86400);

revoke execute on all routines in schema app from public;
grant execute on function app.count_mail(uuid), app.uncount_mail(uuid, date) to lumenbase_api;
