-- The rest of an activity (spec: Activities), and what its lists filter, sort and search by.

alter table crm.activities
  add column deal_id uuid,
  add column title_key text collate "und-x-icu" not null generated always as (coalesce(title, '')) stored,
  add column search_text text collate "und-x-icu" not null generated always as (
    lower(coalesce(title, '') collate "und-x-icu")) stored,
  add constraint activities_deal_id_fkey foreign key (workspace_id, deal_id)
    references crm.deals (workspace_id, id) on delete set null (deal_id);

create index activities_title_idx on crm.activities (workspace_id, title_key, id);
create index activities_type_idx on crm.activities (workspace_id, type, created_at, id);
create index activities_type_sort_idx on crm.activities (workspace_id, type, id);
create index activities_deal_id_idx on crm.activities (workspace_id, deal_id, created_at, id);
call app.make_searchable('activities');

-- Takes room for new records of the current UTC day. Raises LB002, with the limit as its message,
-- when there is not enough. Locks the workspace's room until the transaction ends.
create function app.take_daily_room(p_contacts integer, p_activities integer) returns void
language plpgsql volatile
set search_path = ''
as $$
declare
  v_room record;
begin
  select * into v_room from app.daily_room(true);
  if p_contacts > v_room.contacts then
    raise exception using errcode = 'LB002', message = 'contacts_per_day';
  elsif p_activities > v_room.activities then
    raise exception using errcode = 'LB002', message = 'activities_per_day';
  end if;
  perform app.use_daily_room(p_contacts, p_activities);
end
$$;

revoke execute on all routines in schema app from public;
grant execute on function app.take_daily_room(integer, integer) to lumenbase_api;
