-- Work of no workspace that is done again and again: a function that can be called without arguments, by its
-- signature, and after how many seconds again.
create table crm.schedules (
  name text collate "C" primary key,
  function text not null,
  seconds integer not null check (seconds > 0),
  next_at timestamptz not null default now(),
  -- When what failed is tried again, unless its next time comes before.
  retry_at timestamptz
);

alter table crm.schedules enable row level security, force row level security;
create policy owner on crm.schedules to current_user using (true) with check (true);

insert into crm.schedules (name, function, seconds) values
  ('housekeep', 'app.housekeep(integer)', 300),
  ('automations.inactive', 'app.find_inactive_leads()', 60);

-- Calls what is most overdue, unless another is at it; answers its name, null when nothing is due, and the
-- SQLSTATE when it failed: then nothing of it is left, and it is tried again in five minutes. Its times stay whole
-- steps apart, so what is called each day is called at its hour.
create function app.run_schedule(out name text, out error text)
language plpgsql volatile security definer
set search_path = ''
as $$
declare
  v_function regprocedure;
begin
  update crm.schedules s
    set retry_at = null, next_at = s.next_at + make_interval(
      secs => s.seconds * greatest(0, 1 + floor(extract(epoch from now() - s.next_at) / s.seconds)))
    where s.name = (
      select due.name from crm.schedules due where least(due.next_at, due.retry_at) <= now()
      order by least(due.next_at, due.retry_at) limit 1 for update skip locked)
    returning s.name, to_regprocedure(s.function) into name, v_function;
  if v_function is not null then
    begin
      execute format('select %s()', v_function::regproc);
    exception when others then
      error := sqlstate;
      update crm.schedules s set retry_at = now() + interval '5 minutes' where s.name = run_schedule.name;
    end;
  end if;
end
$$;

revoke execute on all routines in schema app from public;
grant execute on function app.run_schedule() to lumenbase_api;
