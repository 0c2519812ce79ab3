-- Mail from a deal, as the CRM HTTP API sends it, and who wants none any more.

-- Writes a message of a deal, to the email of the deal's contact unless it says to whom, and counts it for
-- today. Raises LB062, whose message is a JSON array of the columns that are wrong; LB063, whose message is
-- the connection's status, unless that is active; LB064 when a recipient has unsubscribed; and LB061.
create function app.store_outbound_email(p_email jsonb) returns crm.messages
language plpgsql volatile
set search_path = ''
as $$
declare
  v_given constant crm.messages := jsonb_populate_record(null::crm.messages, p_email);
  v_to text[] := v_given.to_emails;
  v_deal crm.deals;
  v_integration crm.integrations;
  v_contact crm.contacts;
  v_wrong text[];
  v_id uuid;
begin
  select d.* into v_deal from crm.deals d
    where d.workspace_id = app.workspace_id() and d.id = v_given.deal_id for key share;
  select i.* into v_integration from crm.integrations i
    where i.workspace_id = app.workspace_id() and i.id = v_given.integration_id
      and i.type in ('smtp', 'mailgun', 'gmail', 'microsoft') for key share;
  select c.* into v_contact from crm.contacts c
    where c.workspace_id = v_deal.workspace_id and c.id = v_deal.contact_id for key share;
  if v_to is null and v_contact.email is not null then
    v_to := array[v_contact.email];
  end if;
  v_wrong := array_remove(array[
    case when v_deal.id is null then 'deal_id' end,
    case when v_integration.id is null then 'integration_id' end,
    case when v_given.channel <> v_integration.type then 'channel' end,
    case when v_deal.id is not null and v_to is null then 'to_emails' end,
    case when v_given.in_reply_to is not null and not exists (
      select from crm.messages m
      where m.workspace_id = app.workspace_id() and m.message_id = v_given.in_reply_to) then 'in_reply_to' end
  ], null);
  if cardinality(v_wrong) > 0 then
    raise exception using errcode = 'LB062', message = to_json(v_wrong)::text;
  elsif v_integration.status <> 'active' then
    raise exception using errcode = 'LB063', message = v_integration.status;
  end if;
  -- Whom it is to, who need not be the deal's contact.
  if v_contact.email is null or v_contact.email <> all (v_to) then
    select c.* into v_contact from crm.contacts c
      where c.workspace_id = v_deal.workspace_id and c.email = app.present_email(v_to[1]) collate "C" for key share;
  end if;
  if exists (
    select from crm.contacts c
    where c.workspace_id = v_deal.workspace_id and c.unsubscribed
      and c.email = any (array(select app.present_email(one) collate "C"
        from unnest(v_to || v_given.cc_emails || v_given.bcc_emails) one))
  ) then
    raise exception 'a recipient has unsubscribed' using errcode = 'LB064';
  end if;
  v_id := (
    select stored.id from app.store_message(p_email || jsonb_build_object(
      'to_emails', v_to, 'contact_id', v_contact.id, 'count_now', true)) stored);
  return (select m from crm.messages m where m.workspace_id = v_deal.workspace_id and m.id = v_id);
end
$$;

-- Keeps that the recipient of a message wants no more mail, in the contact; somebody who is none becomes
-- one for it, whatever the day's cap. Answers whether there is such a message.
create function app.unsubscribe_recipient(p_message uuid) returns boolean
language plpgsql volatile
set search_path = ''
as $$
declare
  v_message crm.messages;
begin
  select m.* into v_message from crm.messages m
    where m.workspace_id = app.workspace_id() and m.id = p_message;
  if not found then
    return false;
  end if;
  update crm.contacts c set unsubscribed = true
    where c.workspace_id = v_message.workspace_id and c.id = v_message.contact_id and not c.unsubscribed;
  if v_message.contact_id is null then
    insert into crm.contacts as c (email, unsubscribed)
      values (app.present_email(v_message.to_emails[1]), true)
      on conflict (workspace_id, email) do update set unsubscribed = true where not c.unsubscribed;
  end if;
  return true;
end
$$;

revoke execute on all routines in schema app from public;
grant execute on function app.store_outbound_email(jsonb), app.unsubscribe_recipient(uuid) to lumenbase_api;
