-- Leads that other systems hand in: each is made, refused or merged into the one that has its email, else its
-- LinkedIn profile.

-- Makes a lead of what is given, or finds the one that is there; p_existing says what then: 'refuse' it (LB081, as
-- app.create_unique_lead), 'duplicate' it, or 'merge' it: what is given overwrites, tags are added. Answers
-- the lead, and the number of the one that was found. The fields, and what is raised, are those of
-- app.create_unique_lead.
create function app.capture_lead(
  p_given jsonb, p_existing text, out id uuid, out existing bigint
)
language plpgsql volatile
set search_path = ''
as $$
declare
  v_workspace constant uuid := app.workspace_id();
  v_given constant jsonb := jsonb_strip_nulls(p_given);
  v_other uuid;
  v_old crm.leads_with_links;
  v_fields jsonb;
begin
  perform app.hold_identity(v_given ->> 'email', v_given ->> 'linkedin_url');
  v_other := app.other_lead(v_given ->> 'email', v_given ->> 'linkedin_url', null);
  select l.* into v_old from crm.leads_with_links l where l.workspace_id = v_workspace and l.id = v_other;
  existing := v_old.number;
  if v_other is not null and (p_existing = 'refuse' or p_existing = 'merge' and v_old.id is null) then
    raise exception using errcode = 'LB081', message = coalesce(v_old.number::text, '');
  end if;
  v_fields := app.stored_lead(v_given - 'company_domain',
    case when p_existing = 'merge' then v_old end);
  if v_other is null or p_existing = 'duplicate' then
    perform app.make_company_with_domain(v_given ->> 'company', v_given ->> 'company_domain');
    id := (select made.id from app.create_lead(v_fields) made);
    return;
  end if;
  perform app.make_company_with_domain(v_given ->> 'company', v_given ->> 'company_domain');
  id := (select changed.id from app.change_lead(v_old.id, v_fields - 'tags') changed);
  if id is null then
    raise exception 'a lead that was found is gone' using errcode = '40001';
  end if;
  if v_fields ? 'tags' and app.add_lead_tags(id, array(select jsonb_array_elements_text(v_fields -> 'tags'))) then
    update crm.leads l set updated_at = now()
      where l.workspace_id = v_workspace and l.id = capture_lead.id;
  end if;
end
$$;

revoke execute on all routines in schema app from public;
grant execute on function app.capture_lead(jsonb, text) to lumenbase_api;
