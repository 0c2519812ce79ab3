-- What a user with the role Rep sees: leads that are their own or nobody's, what hangs on those, and nothing of the
-- leads of others, through whichever API. Policies of the rows say so, not queries: a table whose rows hang on a lead
-- by lead_id needs `call app.show_by_lead('table')`, one whose rows have an owner of their own
-- `call app.show_by_owner('table')`, after app.make_tenant_table. Functions that are security definer see all:
-- those that answer records look them up again by id, or ask app.sees_lead. Totals that are kept are hidden from a
-- Rep: what shows them asks app.sees_all, and counts of a Rep what they see.

-- The actor of the claims, whom a user's own records belong to.
create function app.claimed_actor() returns uuid
language plpgsql stable parallel safe
set search_path = ''
as $$
begin
  return (nullif(current_setting('request.jwt.claims', true), '')::jsonb ->> 'sub')::uuid;
end
$$;

-- Whether the actor sees a lead of the workspace, for functions that are security definer.
create function app.sees_lead(p_lead uuid) returns boolean
language sql stable
set search_path = ''
as $$
  select app.sees_all() or exists (
    select from crm.leads l
    where l.workspace_id = app.workspace_id() and l.id = p_lead
      and (l.assigned_to is null or l.assigned_to = app.claimed_actor()))
$$;

-- Shows an actor who does not see all of a table just the rows of a condition, and hides its totals.
create procedure app.show_where(p_table text, p_condition text)
language plpgsql
set search_path = ''
as $$
begin
  execute format('create policy visible on crm.%I as restrictive to lumenbase_api
    using ((select app.sees_all()) or %2$s) with check ((select app.sees_all()) or %2$s)', p_table, p_condition);
  execute format('create policy %I on crm.record_counts as restrictive to lumenbase_api
    using ((select app.sees_all()) or resource <> %L)', 'visible_' || p_table, p_table);
end
$$;

-- Shows rows that are assigned to the actor, or to nobody.
create procedure app.show_by_owner(p_table text)
language sql
set search_path = ''
as $$
  call app.show_where(p_table, 'assigned_to is null or assigned_to = (select app.claimed_actor())')
$$;

-- Shows rows of leads that the actor sees, and those of none.
create procedure app.show_by_lead(p_table text)
language plpgsql
set search_path = ''
as $$
begin
  call app.show_where(p_table, format('lead_id is null or exists (
    select from crm.leads l where l.workspace_id = %1$I.workspace_id and l.id = %1$I.lead_id)', p_table));
end
$$;

-- The same, of rows that may hang on a deal as well.
create procedure app.show_with_deal(p_table text)
language plpgsql
set search_path = ''
as $$
begin
  call app.show_where(p_table, format('(lead_id is null or exists (
    select from crm.leads l where l.workspace_id = %1$I.workspace_id and l.id = %1$I.lead_id))
    and (deal_id is null or exists (
      select from crm.deals d where d.workspace_id = %1$I.workspace_id and d.id = %1$I.deal_id))', p_table));
end
$$;

call app.show_by_owner('leads');
-- A deal of a lead is seen with it, besides.
call app.show_where('deals', $$assigned_to = (select app.claimed_actor())
  or case when lead_id is null then assigned_to is null else exists (
    select from crm.leads l where l.workspace_id = deals.workspace_id and l.id = deals.lead_id) end$$);
call app.show_by_lead('lead_tags');
-- What is logged of a deal, or to be done for it, is seen with that.
call app.show_with_deal('activities');
call app.show_with_deal('tasks');
call app.show_by_lead('messages');
call app.show_by_lead('form_submissions');
call app.show_by_lead('automation_runs');

-- Sums of all deals tell what those of others are worth.
create policy visible on crm.deal_totals as restrictive to lumenbase_api using ((select app.sees_all()));

-- Events tell what records were: those of leads, and of what hangs on them, are seen as those are.
create policy visible on crm.events as restrictive to lumenbase_api
  using ((select app.sees_all()) or case resource
    when 'leads' then exists (
      select from crm.leads l where l.workspace_id = events.workspace_id and l.id = events.record_id)
    when 'deals' then exists (
      select from crm.deals d where d.workspace_id = events.workspace_id and d.id = events.record_id)
    else (coalesce(after, before) ->> 'lead_id' is null or exists (
        select from crm.leads l where l.workspace_id = events.workspace_id
          and l.id = (coalesce(after, before) ->> 'lead_id')::uuid))
      and (coalesce(after, before) ->> 'deal_id' is null or exists (
        select from crm.deals d where d.workspace_id = events.workspace_id
          and d.id = (coalesce(after, before) ->> 'deal_id')::uuid)) end);

revoke execute on all routines in schema app from public;
grant execute on function app.claimed_actor() to lumenbase_api;
