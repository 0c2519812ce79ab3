-- Forms.

-- 22 random characters that can stand in an address.
create function app.random_link() returns text
language sql volatile
set search_path = ''
as $$
  select translate(rtrim(encode(uuid_send(gen_random_uuid()), 'base64'), '='), '+/', '-_')
$$;

grant execute on function app.random_link() to lumenbase_api;

create table crm.forms (
  workspace_id uuid not null default app.workspace_id() references crm.workspaces (id) on delete cascade,
  id uuid not null default app.uuid_v7(),
  number bigint not null generated always as identity,
  name text collate "und-x-icu" not null,
  is_active boolean not null default true,
  fields jsonb not null check (jsonb_typeof(fields) = 'array'),
  -- What its leads get; a stage is always one of the pipeline.
  source text default 'form',
  tags text[] not null default '{}',
  pipeline_id uuid,
  stage_id uuid,
  assigned_to uuid,
  public boolean not null default false,
  honeypot_field text,
  success_message text,
  redirect_url text,
  -- What the address of its page ends in.
  form_link text collate "C" not null default app.random_link(),
  name_key text collate "und-x-icu" not null generated always as (lower(name)) stored,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  primary key (workspace_id, id),
  unique (workspace_id, number),
  constraint forms_form_link_key unique (form_link),
  constraint forms_honeypot_field_check check (
    honeypot_field is null
      or not fields @> jsonb_build_array(jsonb_build_object('key', honeypot_field))),
  constraint forms_pipeline_id_fkey foreign key (workspace_id, pipeline_id)
    references crm.pipelines (workspace_id, id) on delete set null (pipeline_id),
  constraint forms_stage_id_fkey foreign key (workspace_id, stage_id)
    references crm.stages (workspace_id, id) on delete set null (stage_id),
  constraint forms_assigned_to_fkey foreign key (workspace_id, assigned_to)
    references crm.users (workspace_id, id) on delete set null (assigned_to)
);

create index forms_created_at_idx on crm.forms (workspace_id, created_at, id);
create index forms_updated_at_idx on crm.forms (workspace_id, updated_at, id);
create index forms_name_idx on crm.forms (workspace_id, name_key, id);
create index forms_pipeline_id_idx on crm.forms (workspace_id, pipeline_id);
create index forms_stage_id_idx on crm.forms (workspace_id, stage_id);
create index forms_assigned_to_idx on crm.forms (workspace_id, assigned_to);
call app.make_tenant_table('forms');
call app.record_events('forms');

-- The token in the address of a public form. Beside its hash it is kept encrypted by the functions, which
-- alone have the key: the address is answered whenever the form is read.
create table crm.form_tokens (
  workspace_id uuid not null default app.workspace_id() references crm.workspaces (id) on delete cascade,
  form_id uuid not null,
  public_id text collate "C" not null unique,
  token_hash bytea not null check (octet_length(token_hash) = 32),
  sealed text not null,
  created_at timestamptz not null default now(),
  primary key (workspace_id, form_id),
  constraint form_tokens_form_id_fkey foreign key (workspace_id, form_id)
    references crm.forms (workspace_id, id) on delete cascade
);

alter table crm.form_tokens enable row level security, force row level security;
create policy tenant on crm.form_tokens
  using (workspace_id = (select app.workspace_id()))
  with check (workspace_id = (select app.workspace_id()));
create policy owner on crm.form_tokens to current_user using (true) with check (true);
grant select, insert, update, delete on crm.form_tokens to lumenbase_api;

create function app.find_form_token(p_public_id text, p_token_hash bytea)
returns table (
  workspace_id uuid, form_id uuid, form_number bigint, token_hash bytea, expires_at timestamptz
)
language sql stable security definer
set search_path = ''
as $$
  select t.workspace_id, t.form_id, f.number, t.token_hash, null::timestamptz
  from crm.form_tokens t
  join crm.forms f on f.workspace_id = t.workspace_id and f.id = t.form_id
  where t.public_id = p_public_id
$$;

comment on function app.find_form_token(text, bytea) is
  'Finds the token of a public form by its public part; its hash is to be compared. It does not expire.';

-- The form whose page has this address, of whichever workspace.
create function app.find_form_link(p_link text) returns table (workspace_id uuid, form_id uuid)
language sql stable security definer
set search_path = ''
as $$
  select f.workspace_id, f.id from crm.forms f where f.form_link = p_link
$$;

-- Where a form that has p_pipeline and p_stage, or is new, is to put its leads: a stage alone decides the
-- pipeline, another pipeline alone is begun at its first stage. Raises LB006 when the stage given is of
-- another pipeline than the one given.
create function app.place_form(
  p_fields jsonb, p_pipeline uuid, p_stage uuid, out pipeline_id uuid, out stage_id uuid
)
language plpgsql stable
set search_path = ''
as $$
declare
  v_given constant uuid := p_fields ->> 'pipeline_id';
  v_its_pipeline uuid;
begin
  stage_id := case when p_fields ? 'stage_id' then (p_fields ->> 'stage_id')::uuid else p_stage end;
  select s.pipeline_id into v_its_pipeline from crm.stages s
    where s.workspace_id = app.workspace_id() and s.id = stage_id;
  if p_fields ->> 'stage_id' is null and p_fields ? 'pipeline_id'
      and v_its_pipeline is distinct from v_given then
    stage_id := null;
  elsif v_its_pipeline <> v_given then
    raise exception 'the stage is of another pipeline' using errcode = 'LB006';
  end if;
  pipeline_id := case when stage_id is not null then v_its_pipeline
    when p_fields ? 'pipeline_id' then v_given else p_pipeline end;
end
$$;

-- Makes a form of the fields given, {column of crm.forms: value}, normalised. Raises LB006 when the stage
-- is of another pipeline, LB012 when the user is inactive.
create function app.create_form(p_fields jsonb) returns setof crm.forms
language plpgsql volatile
set search_path = ''
as $$
declare
  v_new constant crm.forms := jsonb_populate_record(null::crm.forms, p_fields);
begin
  perform app.require_active_user(v_new.assigned_to);
  return query
    insert into crm.forms (name, is_active, fields, source, tags, pipeline_id, stage_id, assigned_to,
        public, honeypot_field, success_message, redirect_url)
      select v_new.name, coalesce(v_new.is_active, true), v_new.fields, coalesce(v_new.source, 'form'),
        coalesce(v_new.tags, '{}'), place.pipeline_id, place.stage_id, v_new.assigned_to,
        coalesce(v_new.public, false), v_new.honeypot_field, v_new.success_message, v_new.redirect_url
      from app.place_form(p_fields, null, null) place
      returning *;
end
$$;

-- Changes what is given of a form, and answers it; nothing when there is none. Raises what app.create_form
-- does.
create function app.change_form(p_id uuid, p_fields jsonb) returns setof crm.forms
language plpgsql volatile
set search_path = ''
as $$
declare
  v_workspace constant uuid := app.workspace_id();
  v_old crm.forms;
  v_new crm.forms;
begin
  select f.* into v_old from crm.forms f
    where f.workspace_id = v_workspace and f.id = p_id for no key update;
  if not found then
    return;
  end if;
  v_new := jsonb_populate_record(v_old, p_fields);
  v_new.tags := coalesce(v_new.tags, '{}');
  select place.pipeline_id, place.stage_id into v_new.pipeline_id, v_new.stage_id
    from app.place_form(p_fields, v_old.pipeline_id, v_old.stage_id) place;
  if v_new.assigned_to is distinct from v_old.assigned_to then
    perform app.require_active_user(v_new.assigned_to);
  end if;
  update crm.forms f set (name, is_active, fields, source, tags, pipeline_id, stage_id, assigned_to, public,
      honeypot_field, success_message, redirect_url) = row (
      v_new.name, v_new.is_active, v_new.fields, v_new.source, v_new.tags, v_new.pipeline_id,
      v_new.stage_id, v_new.assigned_to, v_new.public, v_new.honeypot_field, v_new.success_message,
      v_new.redirect_url)
    where f.workspace_id = v_workspace and f.id = p_id and v_new is distinct from v_old;
  return query select * from crm.forms f where f.workspace_id = v_workspace and f.id = p_id;
end
$$;

revoke execute on all routines in schema app from public;
grant execute on function app.find_form_token(text, bytea), app.find_form_link(text), app.place_form(jsonb, uuid, uuid),
  app.create_form(jsonb), app.change_form(uuid, jsonb) to lumenbase_api;
