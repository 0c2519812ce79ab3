-- Work of no workspace that is done again and again: a function that can be called without arguments, by its
-- signature, and after how many seconds again.
create table crm.schedules (
  name text collate "C" primary key,
  function text not null,
  seconds integer not null check (seconds > 0),
  next_at timestamptz not null default now()
);

alter table crm.schedules enable row level security, force row level security;
create policy owner on crm.schedules to current_user using (true) with check (true);

insert into crm.schedules (name, function, seconds) values
  ('housekeep', 'app.housekeep(integer)', 300),
  ('automations.inactive', 'app.find_inactive_leads()', 60);

-- Calls what is most overdue, unless another is at it; answers its name, null when nothing is due, and the
-- SQLSTATE when it failed: then nothing of it is left, and it is called again at its next time.
create function app.run_schedule(out name text, out error text)
language plpgsql volatile security definer
set search_path = ''
as $$
declare
  v_function regprocedure;
begin
  update crm.schedules s set next_at = now() + make_interval(secs => s.seconds)
    where s.name = (
      select due.name from crm.schedules due where due.next_at <= now()
      order by due.next_at limit 1 for update skip locked)
    returning s.name, to_regprocedure(s.function) into name, v_function;
  if v_function is not null then
    begin
      execute format('select %s()', v_function::regproc);
    exception when others then
      error := sqlstate;
    end;
  end if;
end
$$;

revoke execute on all routines in schema app from public;
grant execute on function app.run_schedule() to lumenbase_api;
