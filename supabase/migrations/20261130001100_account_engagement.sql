-- How engaged target accounts are: by what the actor sees of their companies' leads, contacts and deals.

-- What points of a time are worth at another: half after 14 days, and nothing after so long that none are left.
create function app.faded_points(p_points numeric, p_at timestamptz, p_now timestamptz) returns double precision
language plpgsql immutable parallel safe
set search_path = ''
as $$
declare
  v_days constant double precision := greatest(0, extract(epoch from p_now - p_at) / 86400);
begin
  return case when v_days > 730 then 0 else p_points * 0.5 ^ (v_days / 14) end;
end
$$;

-- Points as a score from 0 to 100.
create function app.engagement_score(p_points double precision) returns integer
language plpgsql immutable parallel safe
set search_path = ''
as $$ begin return least(100, round(p_points::numeric)); end $$;

-- How an account stands with a score that was engaged last at a time, or never.
create function app.account_health(p_score integer, p_engaged_at timestamptz, p_now timestamptz) returns text
language plpgsql immutable parallel safe
set search_path = ''
as $$
begin
  return case when p_score >= 60 then 'hot' when p_score >= 25 then 'warm'
    when floor(extract(epoch from p_now - p_engaged_at) / 86400) between 31 and 90 then 'at_risk'
    else 'cold' end;
end
$$;

-- Meetings by company: of the company itself, of its leads or of its contacts, each once.
create view crm.company_meetings with (security_invoker = true) as
  select m.workspace_id, m.company_id, m.id, m.title, m.status, m.start_time, m.created_at
  from crm.meetings m where m.company_id is not null
  union
  select m.workspace_id, l.company_id, m.id, m.title, m.status, m.start_time, m.created_at
  from crm.leads l join crm.meetings m on m.workspace_id = l.workspace_id and m.lead_id = l.id
  where l.company_id is not null
  union
  select m.workspace_id, c.company_id, m.id, m.title, m.status, m.start_time, m.created_at
  from crm.contacts c join crm.meetings m on m.workspace_id = c.workspace_id and m.contact_id = c.id
  where c.company_id is not null;

-- Answered calls by company, likewise.
create view crm.company_calls with (security_invoker = true) as
  select k.workspace_id, k.company_id, k.id, k.answered_at
  from crm.calls k where k.company_id is not null and k.answered_at is not null
  union
  select k.workspace_id, l.company_id, k.id, k.answered_at
  from crm.leads l join crm.calls k on k.workspace_id = l.workspace_id and k.lead_id = l.id
  where l.company_id is not null and k.answered_at is not null
  union
  select k.workspace_id, c.company_id, k.id, k.answered_at
  from crm.contacts c join crm.calls k on k.workspace_id = c.workspace_id and k.contact_id = c.id
  where c.company_id is not null and k.answered_at is not null;

create view crm.target_accounts_with_engagement with (security_invoker = true) as
  select a.*, c.name as company_name, u.name as owner_name, people.contact_count, people.decision_maker_count,
    case when a.estimated_decision_makers > 0 then trim_scale(round(
      least(1, people.decision_maker_count::numeric / a.estimated_decision_makers), 2)) end as coverage,
    sold.open_deals, sold.won_deals, sold.deals, sold.open_deal_value, sold.won_deal_value,
    engaged.score as engagement_score, app.account_health(engaged.score, engaged.at, now()) as health,
    engaged.at as last_engaged_at, engaged.meetings
  from crm.target_accounts a
  left join crm.companies c on c.workspace_id = a.workspace_id and c.id = a.company_id
  left join crm.users u on u.workspace_id = a.workspace_id and u.id = a.owner_id
  cross join lateral (
    select count(*)::int as contact_count,
      count(*) filter (where m.stakeholder_role in ('decision_maker', 'economic_buyer'))::int
        as decision_maker_count
    from crm.target_account_contacts m where m.workspace_id = a.workspace_id and m.target_account_id = a.id) people
  cross join lateral (
    select count(*)::int as deals, count(*) filter (where d.outcome = 'open')::int as open_deals,
      count(*) filter (where d.outcome = 'won')::int as won_deals,
      coalesce(sum(d.value) filter (where d.outcome = 'open' and d.currency = 'USD'), 0) as open_deal_value,
      coalesce(sum(d.value) filter (where d.outcome = 'won' and d.currency = 'USD'), 0) as won_deal_value
    from crm.deals d where d.workspace_id = a.workspace_id and d.company_id = a.company_id) sold
  -- What engages is a row of points and a time.
  cross join lateral (
    select app.engagement_score(coalesce(sum(touch.points), 0)) as score, max(touch.at) as at,
      count(touch.meeting)::int as meetings
    from (
      select app.faded_points(s.points, s.occurred_at, now()) as points, s.occurred_at as at, null as meeting
      from crm.leads l
      join crm.intent_signals s on s.workspace_id = l.workspace_id and s.lead_id = l.id
      where l.workspace_id = a.workspace_id and l.company_id = a.company_id
      union all
      select case when m.status between 1 and 3
          and m.start_time between now() - interval '30 days' and now() + interval '30 days' then 15 else 0 end,
        case when m.status between 1 and 3 and m.start_time <= now() then m.start_time end, m.id::text
      from crm.company_meetings m where m.workspace_id = a.workspace_id and m.company_id = a.company_id
      union all
      select case when k.answered_at > now() - interval '30 days' then 5 else 0 end, k.answered_at, null
      from crm.company_calls k where k.workspace_id = a.workspace_id and k.company_id = a.company_id
    ) touch) engaged;

grant select on crm.company_meetings, crm.company_calls, crm.target_accounts_with_engagement to lumenbase_api;

revoke execute on all routines in schema app from public;
grant execute on function app.faded_points(numeric, timestamptz, timestamptz),
  app.engagement_score(double precision), app.account_health(integer, timestamptz, timestamptz) to lumenbase_api;
