-- Emails and phones that a contact is known by besides its own: those of contacts that were merged into it. No two
-- contacts of a workspace share an email, whether it is their own or one of these.

create table crm.contact_addresses (
  workspace_id uuid not null default app.workspace_id() references crm.workspaces (id) on delete cascade,
  id uuid not null default app.uuid_v7(),
  contact_id uuid not null,
  email text collate "C" check (email = lower(email)),
  phone text,
  phone_key text collate "C" generated always as (app.phone_key(phone)) stored,
  phone_digits text collate "C" generated always as (app.phone_digits(phone)) stored,
  search_text text collate "und-x-icu" not null generated always as (
    app.searched(translate(coalesce(phone, ''), translate(coalesce(phone, ''), '0123456789', ''), '') || E'\x1f'
      || coalesce(email, ''))) stored,
  created_at timestamptz not null default now(),
  primary key (workspace_id, id),
  check (num_nonnulls(email, phone) = 1),
  constraint contact_addresses_email_key unique (workspace_id, email),
  constraint contact_addresses_contact_id_fkey foreign key (workspace_id, contact_id)
    references crm.contacts (workspace_id, id) on delete cascade
);

create index contact_addresses_contact_id_idx on crm.contact_addresses (workspace_id, contact_id);
create index contact_addresses_phone_key_idx on crm.contact_addresses (workspace_id, phone_key);
create index contact_addresses_phone_digits_idx on crm.contact_addresses (workspace_id, phone_digits);
call app.make_tenant_table('contact_addresses', 'select');
call app.make_searchable('contact_addresses', p_phone => true);

-- The contacts that match every LIKE pattern (app.make_searchable), or are known by an email or a phone that does.
create function app.find_contacts(p_longest text, p_words text[]) returns setof uuid
language plpgsql stable security definer
set search_path = ''
rows 200
as $$
declare
  v_workspace constant uuid := app.workspace_id();
begin
  if not exists (select from crm.contact_addresses a where a.workspace_id = v_workspace) then
    return query select app.search_contacts(p_longest, p_words);
    return;
  end if;
  return query
    select app.search_contacts(p_longest, p_words)
    union
    select a.contact_id from app.search_contact_addresses(p_longest, p_words) hit
      join crm.contact_addresses a on a.workspace_id = v_workspace and a.id = hit;
end
$$;

-- The email of the contact that is known by this one; the same email when it is nobody's besides. With p_except, what
-- that contact is known by counts for nothing.
create function app.present_email(p_email text, p_except uuid default null) returns text
language plpgsql stable
set search_path = ''
as $$
declare
  v_email constant text collate "C" := p_email;
begin
  if v_email is null then
    return null;
  end if;
  -- Not joined, which may read the contacts up to the one looked for.
  return coalesce((
    select (select c.email from crm.contacts c where c.workspace_id = a.workspace_id and c.id = a.contact_id)
    from crm.contact_addresses a
    where a.workspace_id = app.workspace_id() and a.email = v_email
      and a.contact_id is distinct from p_except), p_email);
end
$$;

-- Rows of JSON with the present email at a path, such as {fields, email}, in place of each that a contact is known by
-- besides.
create function app.with_present_emails(p_rows jsonb, p_path text[]) returns jsonb
language plpgsql stable
set search_path = ''
as $$
declare
  v_workspace constant uuid := app.workspace_id();
begin
  -- One by one: for several at once all addresses of the workspace may be read.
  if not exists (
    select from jsonb_array_elements(p_rows) given, lateral (
      select from crm.contact_addresses a
      where a.workspace_id = v_workspace and a.email = (given #>> p_path) collate "C" limit 1) known
  ) then
    return p_rows;
  end if;
  return (
    select jsonb_agg(case when given #>> p_path is null then given
        else jsonb_set(given, p_path, to_jsonb(app.present_email(given #>> p_path))) end order by place)
    from jsonb_array_elements(p_rows) with ordinality one (given, place));
end
$$;

-- Refuses, as one that another contact has, an email that another is known by.
create function app.require_free_email(p_email text) returns void
language plpgsql stable
set search_path = ''
as $$
begin
  if app.present_email(p_email) <> p_email then
    raise exception 'another contact is known by the email'
      using errcode = 'unique_violation', constraint = 'contacts_email_key';
  end if;
end
$$;

-- Whoever waited for a contact that was being merged, and then made a new one, begins again and finds the one that it
-- was merged into.
create function app.refuse_merged_contacts() returns trigger
language plpgsql security definer
set search_path = ''
as $$
begin
  -- One by one, as in app.with_present_emails.
  if exists (
    select from added, lateral (
      select from crm.contact_addresses a
      where a.workspace_id = added.workspace_id and a.email = added.email limit 1) known
  ) then
    raise exception 'a contact was merged meanwhile' using errcode = '40001';
  end if;
  return null;
end
$$;

create trigger refuse_merged after insert on crm.contacts
  referencing new table as added for each statement execute function app.refuse_merged_contacts();

-- An email that becomes a contact's own is none that it is known by besides; who has none of its own is known by none.
create function app.settle_addresses() returns trigger
language plpgsql security definer
set search_path = ''
as $$
begin
  delete from crm.contact_addresses a
    where a.workspace_id = new.workspace_id and a.contact_id = new.id
      and (a.email = new.email or new.email is null and a.email is not null);
  if exists (
    select from crm.contact_addresses a where a.workspace_id = new.workspace_id and a.email = new.email
  ) then
    raise exception 'another contact is known by the email'
      using errcode = 'unique_violation', constraint = 'contacts_email_key';
  end if;
  return null;
end
$$;

create trigger settle_addresses after update of email on crm.contacts
  for each row when (new.email is distinct from old.email) execute function app.settle_addresses();

revoke execute on all routines in schema app from public;
grant execute on function app.present_email(text, uuid), app.with_present_emails(jsonb, text[]),
  app.require_free_email(text), app.find_contacts(text, text[]) to lumenbase_api;
