-- What was submitted by forms.

-- A submission; lead_id is null for spam, and once the lead is deleted.
create table crm.form_submissions (
  workspace_id uuid not null default app.workspace_id() references crm.workspaces (id) on delete cascade,
  id uuid not null default app.uuid_v7(),
  number bigint not null generated always as identity,
  form_id uuid not null,
  lead_id uuid,
  is_duplicate boolean not null default false,
  spam boolean not null default false,
  "values" jsonb not null check (jsonb_typeof("values") = 'object'),
  created_at timestamptz not null default now(),
  primary key (workspace_id, id),
  unique (workspace_id, number),
  constraint form_submissions_form_id_fkey foreign key (workspace_id, form_id)
    references crm.forms (workspace_id, id) on delete cascade,
  constraint form_submissions_lead_id_fkey foreign key (workspace_id, lead_id)
    references crm.leads (workspace_id, id) on delete set null (lead_id)
);

create index form_submissions_form_id_idx on crm.form_submissions (workspace_id, form_id, created_at, id);
create index form_submissions_lead_id_idx on crm.form_submissions (workspace_id, lead_id, created_at, id);
call app.make_tenant_table('form_submissions');
call app.count_by('form_submissions', '{form_id}');
call app.record_events('form_submissions', 'spam');

-- How often the form was submitted, from the counts.
create view crm.forms_with_counts with (security_invoker = true) as
  select f.*, (
    select coalesce(sum(c.records), 0)::bigint from crm.record_counts c
    where c.workspace_id = f.workspace_id and c.resource = 'form_submissions' and c.field = 'form_id'
      and c.value = f.id::text) as submissions_count
  from crm.forms f;

grant select on crm.forms_with_counts to lumenbase_api;

-- Keeps a submission of a form and, unless it is spam, which has no fields of a lead, makes or completes
-- the lead (app.land_lead) with what the form gives its leads, but for the source that p_lead may have. Answers
-- the submission, with the number of the lead; nothing when there is no such form. Raises LB002 when the day's
-- quota is used up.
create function app.submit_form(
  p_form uuid, p_values jsonb, p_lead jsonb,
  out number bigint, out lead bigint, out is_duplicate boolean, out created_at timestamptz
)
language plpgsql volatile
set search_path = ''
as $$
declare
  v_form crm.forms;
  v_landed record;
begin
  select f.* into v_form from crm.forms f where f.workspace_id = app.workspace_id() and f.id = p_form;
  if not found then
    return;
  end if;
  select null::uuid as id, null::bigint as number, true as created into v_landed;
  if p_lead is not null then
    select landed.id, landed.number, landed.created into v_landed from app.land_lead(
      jsonb_build_object('source', v_form.source) || p_lead || jsonb_build_object('tags', v_form.tags,
        'pipeline_id', v_form.pipeline_id, 'stage_id', v_form.stage_id,
        'assigned_to', v_form.assigned_to),
      jsonb_build_object('type', 'form_submission', 'title', v_form.name, 'data', p_values)) landed;
  end if;
  lead := v_landed.number;
  insert into crm.form_submissions as kept (form_id, lead_id, is_duplicate, spam, "values")
    values (v_form.id, v_landed.id, not v_landed.created, p_lead is null, p_values)
    returning kept.number, kept.is_duplicate, kept.created_at
    into submit_form.number, submit_form.is_duplicate, submit_form.created_at;
end
$$;

revoke execute on all routines in schema app from public;
grant execute on function app.submit_form(uuid, jsonb, jsonb) to lumenbase_api;
