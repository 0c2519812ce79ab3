-- How records are searched for the words that somebody types.

-- Text as search compares it: without regard to case, accents and widths, ß as ss and ς as σ. The marks of
-- Latin, Greek, Cyrillic and Arabic go; in other scripts a mark is a vowel, or makes another letter.
create function app.folded(p_text text) returns text
language plpgsql immutable parallel safe
set search_path = ''
as $$
begin
  -- ASCII.
  if octet_length(p_text) = length(p_text) then
    return lower(p_text collate "C");
  end if;
  return normalize(translate(regexp_replace(
    normalize(replace(replace(replace(lower(p_text collate "und-x-icu"),
      'ß', 'ss'), 'æ', 'ae'), 'œ', 'oe'), nfkd),
    '[\u0300-\u036f\u064b-\u065f]', '', 'g'), 'ςøłđħı', 'σoldhi'), nfkc);
end
$$;

grant execute on function app.folded(text) to lumenbase_api;

-- What is searched of a text: the text, folded. Of scripts beyond U+0800, many of which put no blanks
-- between words, each two letters follow as a word, so that words within words begin there as well.
create function app.searched(p_text text) returns text
language plpgsql immutable parallel safe
set search_path = ''
as $$
declare
  v_folded constant text := app.folded(p_text);
  v_letters text[];
begin
  if octet_length(v_folded) = length(v_folded)
    or v_folded !~ '[\u0800-\u1fff\u2070-\uffff\U00010000-\U0010ffff]'
  then
    return v_folded;
  end if;
  v_letters := string_to_array(v_folded, null);
  return v_folded || (
    select coalesce(string_agg(' ' || letter || case when next <> ' ' then next else '' end, ''), '')
    from unnest(v_letters, v_letters[2:]) as pair (letter, next)
    where letter ~ '[\u0800-\u1fff\u2070-\uffff\U00010000-\U0010ffff]');
end
$$;

grant execute on function app.searched(text) to lumenbase_api;

-- The word that a LIKE pattern looks for, if it is of one or two letters or digits: the trigrams of a
-- longer one find it in the index wherever it stands, this one where a word begins.
create function app.short_word(p_pattern text) returns text
language plpgsql immutable parallel safe
set search_path = ''
as $$
declare
  v_word constant text collate "und-x-icu" := ltrim(
    regexp_replace(substr(p_pattern, 2, greatest(length(p_pattern) - 2, 0)), '\\(.)', '\1', 'g'), '+(');
begin
  return case when v_word ~ '^[[:alnum:]].?$' then v_word end;
end
$$;

-- The regular expression for words that begin with a short one of a script up to U+0800, or with a plus for
-- the phone number or the word that does; null for others.
create function app.beginning(p_pattern text) returns text
language plpgsql immutable parallel safe
set search_path = ''
as $$
begin
  return case when left(p_pattern, 2) = '%+' then '(^(00)?|\+)' else '(^|[\u001f !-/:-@\[-`{-~«»·])' end
    || regexp_replace(
      substring(app.short_word(p_pattern) from '^[\u0001-\u07ff].?$'), '[!-/:-@\[-`{-~]', '\\\&');
end
$$;

-- The LIKE pattern for a word of another script: a short one begins one of those that app.searched adds.
create function app.within(p_pattern text) returns text
language plpgsql immutable parallel safe
set search_path = ''
as $$
begin
  return case when app.short_word(p_pattern) > E'\u07ff' collate "C" then '% ' || substr(p_pattern, 2)
    else p_pattern end;
end
$$;

-- The LIKE pattern for a phone number that begins with the digits of a LIKE pattern's word, whether either
-- has its country code (ITU-T E.164) or what is dialled in its place; null for a word that is no number.
-- p_rare keeps as many digits as an index needs.
create function app.phone_pattern(p_word text, p_rare boolean) returns text
language plpgsql immutable parallel safe
set search_path = ''
as $$
declare
  v_dialled constant text := translate(p_word, '%().-/', '');
  v_national constant text := regexp_replace(regexp_replace(v_dialled,
    '^(\+|00|011(?=[0-9]{10}))(1|7|2[07]|3[0-469]|4[013-9]|5[1-8]|6[0-6]|8[1246]|9[0-58]|[0-9]{3})', ''),
    -- What is dialled in front within a country: zeros, 1 in North America, 8 or 80 from Vilnius to Almaty.
    '^(0+(?=[1-9])|1(?=[0-9]{10}$)|80?(?=[0-9]{8,10}$))', '');
begin
  if p_word !~ '^%[0-9+().\-/]*[0-9][0-9+().\-/]*%$' then
    return null;
  end if;
  return '%' || translate(
    case when p_rare and length(v_national) < 3 then v_dialled else v_national end, '+', '') || E'%\x1f%';
end
$$;

-- Makes a table's column search_text searchable: its trigram index, and app.search_<table>, which
-- answers the ids of the workspace's records that match every LIKE pattern, the longest first; a word of
-- one or two letters at the beginning of a word. LIKE is not leakproof, so under row-level security it
-- could not use that index; the function runs as the owner and restricts itself to the workspace of the
-- claims.
--
-- The index begins with the text: what few trigrams match is then looked up in the workspace. The other
-- way round, each match had the workspace's list of all its records read on a little further.
--
-- With p_phone, search_text begins with the digits of a phone and the separator U+001F: a word of digits
-- and +()-./ is also found there by its digits.
create procedure app.make_searchable(p_table text, p_phone boolean default false)
language plpgsql
set search_path = ''
as $$
declare
  v_trgm constant text := (
    select extnamespace::regnamespace from pg_catalog.pg_extension where extname = 'pg_trgm');
  v_by_phone constant text := format($sql$
      v_phone := app.phone_pattern(p_longest, true);
      v_phones := array(select app.phone_pattern(word, false) from unnest(p_words) word);
      if v_beginning is null and array_remove(v_phones || v_phone, null) <> '{}' then
        return query select record.id from crm.%I record
          where record.workspace_id = v_workspace
            and (record.search_text like v_longest or record.search_text like v_phone)
            and not exists (
              select from unnest(v_words, v_phones, v_beginnings) as other (word, phone, beginning)
              where (record.search_text like word or record.search_text like phone
                or record.search_text ~ beginning) is not true);
        return;
      end if;$sql$, p_table);
begin
  execute format('create index %I on crm.%I using gin (search_text %s.gin_trgm_ops, workspace_id)',
    p_table || '_search_idx', p_table, v_trgm);
  execute format($function$
    create or replace function app.%1$I(p_longest text, p_words text[]) returns setof uuid
    language plpgsql stable security definer
    set search_path = ''
    -- Planned once, for any workspace and words. With records as dear as this, that is by the search
    -- index: among many small workspaces, a large one would be read in full else.
    set plan_cache_mode = force_generic_plan
    set cpu_tuple_cost = 1000
    rows 200
    as $body$
    declare
      v_workspace constant uuid := app.workspace_id();
      v_longest constant text := app.within(app.folded(p_longest));
      v_beginning constant text := app.beginning(app.folded(p_longest));
      v_beginnings text[] := '{}';
      v_words text[] := '{}';
      v_phone text;
      v_phones text[];
    begin
      if cardinality(p_words) > 0 then
        v_beginnings := array(select app.beginning(app.folded(word)) from unnest(p_words) word);
        v_words := array(
          select case when beginning is null then app.within(app.folded(word)) end
          from unnest(p_words, v_beginnings) as other (word, beginning));
      end if;%3$s
      v_beginnings := array_remove(v_beginnings, null);
      v_words := array_remove(v_words, null);
      if v_beginning is not null then
        return query select record.id from crm.%2$I record
          where record.workspace_id = v_workspace and record.search_text ~ v_beginning
            and record.search_text ~ coalesce(v_beginnings[1], v_beginning)
            and record.search_text ~ all (v_beginnings) and record.search_text like all (v_words);
      elsif cardinality(v_words) = 0 then
        return query select record.id from crm.%2$I record
          where record.workspace_id = v_workspace and record.search_text like v_longest
            and record.search_text ~ all (v_beginnings);
      else
        -- The index looks for both words, of which either may be the rare one.
        return query select record.id from crm.%2$I record
          where record.workspace_id = v_workspace
            and record.search_text like v_longest and record.search_text like v_words[1]
            and record.search_text like all (v_words) and record.search_text ~ all (v_beginnings);
      end if;
    end
    $body$
  $function$, 'search_' || p_table, p_table, case when p_phone then v_by_phone end);
  execute format('revoke execute on function app.%I from public', 'search_' || p_table);
  execute format('grant execute on function app.%I to lumenbase_api', 'search_' || p_table);
end
$$;

revoke execute on all routines in schema app from public;
