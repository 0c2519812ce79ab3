-- The workspace of the claims and new ids, at less cost.

-- Every policy and every insert calls these two. In plpgsql they are planned once a session; in SQL, once
-- in every statement, which took longer than all the rest of finding a record by its key.
create or replace function app.workspace_id() returns uuid
language plpgsql stable parallel safe
set search_path = ''
as $$
begin
  return (nullif(current_setting('request.jwt.claims', true), '')::jsonb ->> 'workspace_id')::uuid;
end
$$;

create or replace function app.uuid_v7() returns uuid
language plpgsql volatile parallel safe
set search_path = ''
as $$
declare
  v_micros constant bigint := (extract(epoch from clock_timestamp()) * 1000000)::bigint;
begin
  return encode(
    substring(int8send(v_micros / 1000) from 3)
      || int2send((28672 + (v_micros % 1000) * 4096 / 1000)::int2)
      || substring(uuid_send(gen_random_uuid()) from 9),
    'hex')::uuid;
end
$$;
