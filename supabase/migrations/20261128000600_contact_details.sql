-- Contacts as LIO makes and changes them: with tags, by the numbers of what they are linked to.

create table crm.contact_tags (
  workspace_id uuid not null default app.workspace_id() references crm.workspaces (id) on delete cascade,
  contact_id uuid not null,
  tag_id uuid not null,
  primary key (workspace_id, contact_id, tag_id),
  constraint contact_tags_contact_id_fkey foreign key (workspace_id, contact_id)
    references crm.contacts (workspace_id, id) on delete cascade,
  constraint contact_tags_tag_id_fkey foreign key (workspace_id, tag_id)
    references crm.tags (workspace_id, id) on delete cascade
);

create index contact_tags_tag_id_idx on crm.contact_tags (workspace_id, tag_id, contact_id);
call app.make_tenant_table('contact_tags');

-- How senior somebody is by their title: the first that fits, by whole words.
create function app.seniority_of(p_title text) returns text
language plpgsql immutable parallel safe
set search_path = ''
as $$
begin
  return case
    when p_title is null then null
    when p_title ~* '\m(chief|ceo|cto|cfo|coo|cmo|cio|cro|cpo|founder|owner|president)\M' then 'c_level'
    when p_title ~* '\m(vp|svp|evp)\M' then 'vp'
    when p_title ~* '\m(director|head)\M' then 'director'
    when p_title ~* '\m(manager|lead|principal)\M' then 'manager'
    else 'other' end;
end
$$;

-- Whether somebody so senior decides what their company buys.
create function app.decides(p_seniority text) returns text
language plpgsql immutable parallel safe
set search_path = ''
as $$
begin
  return case when p_seniority in ('c_level', 'vp', 'director') then 'yes' else 'unknown' end;
end
$$;

-- What a person is called: the name, else the email, the phone, or nothing.
create function app.called(p_first_name text, p_last_name text, p_email text, p_phone text) returns text
language plpgsql immutable parallel safe
set search_path = ''
as $$
begin
  return coalesce(nullif(concat_ws(' ', p_first_name, p_last_name) collate "C", ''), p_email, p_phone, '');
end
$$;

-- Has a word that contacts are given for their status be one of its list, whichever API it comes through.
create function app.list_word_of_contact() returns trigger
language plpgsql security definer
set search_path = ''
as $$
begin
  if not exists (
    select from crm.lookups l where l.workspace_id = new.workspace_id and l.module_name = 'contact'
      and l.type = 'status' and l.value = new.status collate "C")
  then
    insert into crm.lookups (workspace_id, module_name, type, name, value)
      values (new.workspace_id, 'contact', 'status',
        upper(left(new.status, 1)) || replace(substr(new.status, 2), '_', ' '), new.status)
      on conflict do nothing;
    -- The name is another word's.
    insert into crm.lookups (workspace_id, module_name, type, name, value)
      values (new.workspace_id, 'contact', 'status', new.status || ' ' || left(md5(new.status), 8), new.status)
      on conflict do nothing;
  end if;
  return null;
end
$$;

create trigger list_word after insert or update of status on crm.contacts
  for each row when (new.status not in ('active', 'inactive')) execute function app.list_word_of_contact();

-- The contacts with every word in what is searched of them or in their company's name.
create function app.search_contacts_and_companies(p_longest text, p_words text[]) returns setof uuid
language plpgsql stable security definer
set search_path = ''
set plan_cache_mode = force_generic_plan
rows 200
as $$
declare
  v_workspace constant uuid := app.workspace_id();
  v_words constant text[] := array(select app.folded(word) from unnest(p_longest || p_words) word);
begin
  return query
    select app.search_contacts(p_longest, p_words)
    union
    select c.id
      from (
        select its.id, app.folded(its.name) as name from crm.companies its
        where its.workspace_id = v_workspace and its.id in (
          select app.search_companies(word, '{}') from unnest(p_longest || p_words) word)) company
      join crm.contacts c on c.workspace_id = v_workspace and c.company_id = company.id
      where not exists (
        select from unnest(v_words) word where c.search_text not like word and company.name not like word);
end
$$;

-- What is given of a contact as it is stored: company_id, lead_id and status are numbers, tags numbers or
-- names, and the name is one. Raises LB080 with all that lead to nothing.
create function app.stored_contact(p_given jsonb, p_old crm.contacts) returns jsonb
language plpgsql stable
set search_path = ''
as $$
declare
  v_workspace constant uuid := app.workspace_id();
  v_given jsonb := p_given - 'name';
  v_mistakes jsonb := '[]';
  v_name constant text := p_given ->> 'name';
  v_id uuid;
  v_word text;
  v_tags record;
begin
  if v_name is distinct from
      app.called(p_old.first_name, p_old.last_name, p_old.email, p_old.phone) collate "C"
    and v_name is not null
  then
    v_given := v_given || jsonb_build_object('first_name', split_part(v_name, ' ', 1),
      'last_name', nullif(ltrim(substr(v_name, strpos(v_name || ' ', ' '))), ''));
  end if;
  -- What is shown of the title alone stays so when it is sent back.
  if p_given ->> 'seniority' = coalesce(p_old.seniority, app.seniority_of(p_old.title)) then
    v_given := v_given - 'seniority';
  end if;
  if p_given ->> 'decision_maker' = coalesce(p_old.decision_maker,
      app.decides(coalesce(p_old.seniority, app.seniority_of(p_old.title)))) and p_old.id is not null
  then
    v_given := v_given - 'decision_maker';
  end if;
  if p_given ->> 'company_id' is not null then
    select c.id into v_id from crm.companies c
      where c.workspace_id = v_workspace and c.number = (p_given ->> 'company_id')::bigint;
    v_given := v_given || jsonb_build_object('company_id', v_id);
    if v_id is null then
      v_mistakes := v_mistakes || app.mistake('company_id', 'No company with this id.');
    end if;
  elsif p_given ? 'company_id' and p_old.company_id is not null then
    v_mistakes := v_mistakes || app.mistake('company_id', 'Must not be null.');
  end if;
  if p_given ->> 'lead_id' is not null then
    select l.id into v_id from crm.leads l
      where l.workspace_id = v_workspace and l.number = (p_given ->> 'lead_id')::bigint;
    v_given := v_given || jsonb_build_object('lead_id', v_id);
    if v_id is null then
      v_mistakes := v_mistakes || app.mistake('lead_id', 'No lead with this id.');
    end if;
  end if;
  if p_given ->> 'status' is not null then
    select k.value into v_word from crm.lookups k
      where k.workspace_id = v_workspace and k.module_name = 'contact' and k.type = 'status'
        and k.number = (p_given ->> 'status')::bigint and (k.is_active or k.value = p_old.status collate "C");
    v_given := v_given || jsonb_build_object('status', v_word);
    if v_word is null then
      v_mistakes := v_mistakes || app.mistake('status', 'No active status with this id.');
    end if;
  end if;
  if jsonb_typeof(p_given -> 'tags') = 'array' then
    v_tags := app.names_of_tags(p_given -> 'tags', array(
      select t.name from crm.contact_tags link
        join crm.tags t on t.workspace_id = v_workspace and t.id = link.tag_id
        where link.workspace_id = v_workspace and link.contact_id = p_old.id));
    v_given := v_given || jsonb_build_object('tags', v_tags.names);
    if v_tags.wrong <> '{}' then
      v_mistakes := v_mistakes
        || app.mistake('tags', 'No active tag: ' || array_to_string(v_tags.wrong, ', ') || '.');
    end if;
  end if;
  if v_mistakes <> '[]' then
    raise exception using errcode = 'LB080', message = v_mistakes;
  end if;
  return v_given;
end
$$;

revoke execute on all routines in schema app from public;
grant execute on function app.seniority_of(text), app.decides(text), app.called(text, text, text, text),
  app.search_contacts_and_companies(text, text[]), app.stored_contact(jsonb, crm.contacts) to lumenbase_api;
