-- Enrichment: what is found of leads and companies fills what is empty of them. Many entries are enriched by jobs of
-- the kind leads.enrich, of an import job each: every entry in one transaction with what became of it, and what it cost.

-- Leads with a LinkedIn profile, the newest first.
create index leads_linkedin_number_idx on crm.leads (workspace_id, number) where linkedin_key is not null;

create table crm.enrichment_entries (
  workspace_id uuid not null default app.workspace_id() references crm.workspaces (id) on delete cascade,
  id uuid not null default app.uuid_v7(),
  import_id uuid not null,
  -- Where the entry stands in what was given, from 0.
  place integer not null check (place >= 0),
  given jsonb not null check (jsonb_typeof(given) = 'object'),
  status text collate "C" not null default 'pending'
    check (status in ('pending', 'enriched', 'not_found', 'failed')),
  lead_id uuid,
  data jsonb not null default '{}' check (jsonb_typeof(data) = 'object'),
  error text,
  primary key (workspace_id, id),
  constraint enrichment_entries_import_id_fkey foreign key (workspace_id, import_id)
    references crm.import_jobs (workspace_id, id) on delete cascade,
  constraint enrichment_entries_lead_id_fkey foreign key (workspace_id, lead_id)
    references crm.leads (workspace_id, id) on delete set null (lead_id)
);

create index enrichment_entries_place_idx on crm.enrichment_entries (workspace_id, import_id, place);
create index enrichment_entries_lead_id_idx on crm.enrichment_entries (workspace_id, lead_id);
call app.make_tenant_table('enrichment_entries');
-- What was found of others' leads is seen by those who had it looked for.
call app.show_where('enrichment_entries', $$exists (
  select from crm.import_jobs j where j.workspace_id = enrichment_entries.workspace_id
    and j.id = enrichment_entries.import_id and j.created_by = (select app.claimed_actor()))$$);

-- Those of the fields found that a record has empty; a company is that of company_id.
create function app.fields_to_fill(p_record jsonb, p_found jsonb) returns jsonb
language sql immutable
set search_path = ''
as $$
  select coalesce(jsonb_object_agg(key, value), '{}') from jsonb_each(p_found)
  where coalesce(btrim(p_record ->> case key when 'company' then 'company_id' else key end), '') = ''
$$;

-- Fills what a lead has empty when it is written, keeps where what was found comes from, and answers the columns that
-- were filled; null when there is no such lead. The profile of another lead is left out. A company that is made for it
-- has the domain, as in app.create_unique_lead.
create function app.fill_lead(p_lead uuid, p_found jsonb, p_domain text, p_sources jsonb) returns text[]
language plpgsql volatile
set search_path = ''
as $$
declare
  v_workspace constant uuid := app.workspace_id();
  v_lead crm.leads;
  v_seen jsonb;
  v_fields jsonb;
begin
  select l.* into v_lead from crm.leads l where l.workspace_id = v_workspace and l.id = p_lead;
  if v_lead.id is null then
    return null;
  end if;
  v_seen := app.fields_to_fill(to_jsonb(v_lead), p_found);
  if v_seen ? 'linkedin_url' then
    perform app.hold_identity(null, v_seen ->> 'linkedin_url');
    if app.other_lead(null, v_seen ->> 'linkedin_url', p_lead) is not null then
      v_seen := v_seen - 'linkedin_url';
    end if;
  end if;
  if v_seen ? 'company' then
    perform app.make_company_with_domain(v_seen ->> 'company', p_domain);
    perform app.company_named(v_seen ->> 'company');
  end if;
  v_lead := (app.lock_lead(p_lead, v_seen)).lead;
  if v_lead.id is null then
    return null;
  end if;
  v_fields := app.fields_to_fill(to_jsonb(v_lead), v_seen);
  if v_seen ? 'company' and not v_fields ? 'company' then
    raise exception 'the lead was given a company meanwhile' using errcode = '40001';
  end if;
  perform app.change_lead(p_lead, v_fields || jsonb_build_object('ai_information', jsonb_build_object(
    'enrichment', jsonb_build_object('at', to_char(now() at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'),
      'sources', p_sources))));
  return array(select jsonb_object_keys(v_fields));
end
$$;

-- Fills what a company has empty when it is written, and answers the columns that were filled; null when there is no
-- such company. A domain that another company has is left out, and so is a website at such a one.
create function app.fill_company(p_company uuid, p_found jsonb, p_website_domain text) returns text[]
language plpgsql volatile
set search_path = ''
as $$
declare
  v_workspace constant uuid := app.workspace_id();
  v_old crm.companies;
  v_new crm.companies;
  v_fields jsonb;
begin
  if p_found ?| '{website, domain}' then
    perform pg_advisory_xact_lock(hashtextextended('crm.companies ' || v_workspace, 0));
  end if;
  select c.* into v_old from crm.companies c
    where c.workspace_id = v_workspace and c.id = p_company for no key update;
  if v_old.id is null then
    return null;
  end if;
  v_fields := app.fields_to_fill(to_jsonb(v_old), p_found);
  if app.has_domain_of_other(p_company, v_fields ->> 'domain') then
    v_fields := v_fields - 'domain';
  end if;
  if app.has_domain_of_other(p_company, p_website_domain) then
    v_fields := v_fields - 'website';
  end if;
  v_new := jsonb_populate_record(v_old, v_fields);
  update crm.companies c set (domain, industry, size, website, phone, city, country, summary) = row (
      v_new.domain, v_new.industry, v_new.size, v_new.website, v_new.phone, v_new.city, v_new.country, v_new.summary)
    where c.workspace_id = v_workspace and c.id = v_old.id and v_new is distinct from v_old;
  return array(select jsonb_object_keys(v_fields));
exception when unique_violation then
  raise exception 'a domain was taken meanwhile' using errcode = '40001';
end
$$;

-- Whether a domain is that of another company.
create function app.has_domain_of_other(p_company uuid, p_domain text) returns boolean
language plpgsql stable
set search_path = ''
as $$
declare
  v_domain constant text collate "C" := p_domain;
begin
  return exists (
    select from crm.companies c
    where c.workspace_id = app.workspace_id() and c.domain = v_domain and c.id <> p_company);
end
$$;

-- Puts what was found of a person where it belongs: fills the lead of the email, else of the profile; of a profile
-- without a lead it makes one, of the fields of app.create_unique_lead. Answers the lead, if the actor sees it, and
-- whether it was created, updated, or is left as it was (null).
create function app.place_enriched(
  p_email text, p_profile text, p_found jsonb, p_domain text, p_sources jsonb, p_new jsonb,
  out lead uuid, out outcome text
)
language plpgsql volatile
set search_path = ''
as $$
declare
  v_workspace constant uuid := app.workspace_id();
  v_filled text[];
begin
  perform app.hold_identity(p_email, p_profile);
  lead := app.other_lead(p_email, p_profile, null);
  if lead is null and p_profile is not null then
    lead := (select made.id from app.create_unique_lead(p_new) made);
    perform app.fill_lead(lead, '{}', null, p_sources);
    outcome := 'created';
    return;
  end if;
  lead := (select l.id from crm.leads l where l.workspace_id = v_workspace and l.id = lead);
  if lead is null or p_found = '{}' then
    return;
  end if;
  v_filled := app.fill_lead(lead, p_found, p_domain, p_sources);
  if v_filled is null then
    raise exception 'a lead that was found is gone' using errcode = '40001';
  end if;
  if v_filled <> '{}' then
    outcome := 'updated';
  end if;
end
$$;

-- The leads with a LinkedIn profile that have every word in what is searched of them, in their company's name or in
-- the profile's address.
create function app.search_linkedin_leads(p_words text[]) returns setof uuid
language sql stable security definer
set search_path = ''
rows 200
as $$
  select l.id
  from crm.leads l
    left join crm.companies c on c.workspace_id = l.workspace_id and c.id = l.company_id
  where l.workspace_id = app.workspace_id() and l.linkedin_key is not null
    and not exists (
      select from unnest(p_words) given, app.folded(given) word
      where l.search_text not like word and app.folded(l.linkedin_url) not like word
        and coalesce(app.folded(c.name), '') not like word)
$$;

-- An enrichment whose job was given up has failed.
create trigger fail_enrichment after update of status on crm.jobs
  for each row when (new.status = 'dead' and new.kind = 'leads.enrich')
  execute function app.fail_import();

revoke execute on all routines in schema app from public;
grant execute on function app.fields_to_fill(jsonb, jsonb), app.fill_lead(uuid, jsonb, text, jsonb),
  app.fill_company(uuid, jsonb, text), app.has_domain_of_other(uuid, text),
  app.place_enriched(text, text, jsonb, text, jsonb, jsonb), app.search_linkedin_leads(text[]) to lumenbase_api;
