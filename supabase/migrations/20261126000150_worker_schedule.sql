-- Who calls the worker where the database has pg_cron and pg_net, as hosted ones do.

create function app.work_is_due() returns boolean
language sql stable
set search_path = ''
-- The planner expects the first of many due jobs soon, wherever it begins.
set enable_seqscan = off
set enable_bitmapscan = off
as $$
  select exists (
      select from crm.jobs
      where status = 'waiting' and run_at <= now()
        and date_trunc('minute', run_at at time zone 'UTC') <= date_trunc('minute', now() at time zone 'UTC'))
    or exists (select from crm.jobs where status = 'running' and lease_until <= now())
    or exists (select from crm.schedules where least(next_at, retry_at) <= now())
$$;

-- Calls the worker when there is something for it to do; answers pg_net's number of the request. Vault has
-- the address of the functions (lumenbase_functions_url) and the worker's secret (lumenbase_worker_secret):
-- without them, nobody is called.
create function app.call_worker() returns bigint
language plpgsql volatile
set search_path = ''
as $$
begin
  if not app.work_is_due() then
    return null;
  end if;
  return (
    select net.http_post(
      url := rtrim(address.decrypted_secret, '/') || '/worker',
      headers := jsonb_build_object('Authorization', 'Bearer ' || secret.decrypted_secret),
      timeout_milliseconds := 60000)
    from vault.decrypted_secrets address, vault.decrypted_secrets secret
    where address.name = 'lumenbase_functions_url' and secret.name = 'lumenbase_worker_secret');
end
$$;

do $$
begin
  if exists (select from pg_catalog.pg_available_extensions where name = 'pg_net') then
    create extension if not exists pg_net;
  end if;
exception when others then
  raise warning 'pg_net cannot be used (%): call the worker by other means', sqlerrm;
end
$$;

do $$
begin
  if to_regprocedure('cron.schedule(text, text, text)') is not null
      and to_regnamespace('net') is not null and to_regclass('vault.decrypted_secrets') is not null then
    perform cron.schedule('lumenbase-worker', '10 seconds', 'select app.call_worker()');
    -- pg_cron keeps a row of each call for ever.
    perform cron.schedule('lumenbase-cron-history', '17 3 * * *',
      'delete from cron.job_run_details where end_time < now() - interval ''7 days''');
  end if;
end
$$;

revoke execute on all routines in schema app from public;
