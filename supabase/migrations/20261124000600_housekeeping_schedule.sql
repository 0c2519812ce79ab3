-- Housekeeping every five minutes, where the database has pg_cron, as hosted ones do.

do $$
begin
  if exists (select from pg_catalog.pg_available_extensions where name = 'pg_cron') then
    create extension if not exists pg_cron with schema pg_catalog;
  end if;
exception when others then
  -- It runs in one database of a server, and only where the server loads it at its start.
  raise warning 'pg_cron cannot be used (%): call app.housekeep by other means', sqlerrm;
end
$$;

do $$
begin
  if to_regprocedure('cron.schedule(text, text, text)') is not null then
    perform cron.schedule('lumenbase-housekeep', '*/5 * * * *', 'select app.housekeep(50000)');
  end if;
end
$$;
