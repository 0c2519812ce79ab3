-- Invoices (spec: Invoices).

create table crm.invoice_numbers (
  workspace_id uuid not null references crm.workspaces (id) on delete cascade,
  year integer not null,
  last integer not null,
  primary key (workspace_id, year)
);

alter table crm.invoice_numbers enable row level security, force row level security;
create policy owner on crm.invoice_numbers to current_user using (true) with check (true);

create table crm.invoices (
  workspace_id uuid not null default app.workspace_id() references crm.workspaces (id) on delete cascade,
  id uuid not null default app.uuid_v7(),
  number bigint not null generated always as identity,
  invoice_number text collate "C" not null,
  status text not null default 'draft' check (status in ('draft', 'sent', 'paid', 'overdue', 'cancelled')),
  issue_date date not null default app.utc_today(),
  due_date date,
  subtotal numeric not null default 0,
  tax_amount numeric not null default 0,
  total numeric not null default 0,
  currency text not null default 'USD' check (currency ~ '^[A-Z]{3}$'),
  company_id uuid,
  contact_id uuid,
  deal_id uuid,
  notes text,
  line_items jsonb not null default '[]',
  total_key text collate "C" not null generated always as (
    lpad(round(total + 1e50, 10)::text, 62, '0')) stored,
  due_date_key date not null generated always as (coalesce(due_date, 'infinity')) stored,
  search_text text collate "und-x-icu" not null generated always as (
    app.searched(invoice_number)) stored,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  primary key (workspace_id, id),
  unique (workspace_id, number),
  constraint invoices_total_check check (round(total, 2) = round(subtotal + tax_amount, 2)),
  constraint invoices_invoice_number_key unique (workspace_id, invoice_number),
  constraint invoices_company_id_fkey foreign key (workspace_id, company_id)
    references crm.companies (workspace_id, id) on delete set null (company_id),
  constraint invoices_contact_id_fkey foreign key (workspace_id, contact_id)
    references crm.contacts (workspace_id, id) on delete set null (contact_id),
  constraint invoices_deal_id_fkey foreign key (workspace_id, deal_id)
    references crm.deals (workspace_id, id) on delete set null (deal_id)
);

create index invoices_created_at_idx on crm.invoices (workspace_id, created_at, id);
create index invoices_updated_at_idx on crm.invoices (workspace_id, updated_at, id);
create index invoices_due_date_idx on crm.invoices (workspace_id, due_date_key, id);
create index invoices_issue_date_idx on crm.invoices (workspace_id, issue_date, id);
create index invoices_total_idx on crm.invoices (workspace_id, total_key, id);
create index invoices_status_idx on crm.invoices (workspace_id, status, created_at, id);
create index invoices_company_id_idx on crm.invoices (workspace_id, company_id, created_at, id);
create index invoices_contact_id_idx on crm.invoices (workspace_id, contact_id, created_at, id);
create index invoices_deal_id_idx on crm.invoices (workspace_id, deal_id, created_at, id);
call app.make_tenant_table('invoices');
call app.count_by('invoices', '{status}');
call app.make_searchable('invoices');

-- The next number of the workspace and year, such as INV-2026-001, that no invoice has. Requests
-- wait for each other, so a number is given once; one that is rolled back is given again.
create function app.next_invoice_number(p_year integer) returns text
language plpgsql volatile security definer
set search_path = ''
as $$
declare
  v_workspace constant uuid := app.workspace_id();
  v_number text;
begin
  loop
    insert into crm.invoice_numbers as numbers (workspace_id, year, last) values (v_workspace, p_year, 1)
      on conflict (workspace_id, year) do update set last = numbers.last + 1
      returning format('INV-%s-%s', p_year, lpad(last::text, greatest(3, length(last::text)), '0'))
      into v_number;
    if not exists (
      select from crm.invoices i
      where i.workspace_id = v_workspace and i.invoice_number = v_number
    ) then
      return v_number;
    end if;
  end loop;
end
$$;

-- A number given in the form of those made up holds the year's row like one made up: who makes up a
-- number meanwhile waits, sees it, and passes it over.
create function app.hold_invoice_numbers() returns trigger
language plpgsql security definer
set search_path = ''
as $$
declare
  v_year constant integer := substring(new.invoice_number from '^INV-([0-9]{1,4})-');
begin
  insert into crm.invoice_numbers (workspace_id, year, last) values (new.workspace_id, v_year, 0)
    on conflict (workspace_id, year) do nothing;
  perform from crm.invoice_numbers n
    where n.workspace_id = new.workspace_id and n.year = v_year for update;
  return new;
end
$$;

create trigger hold_invoice_numbers before insert or update of invoice_number on crm.invoices
  for each row when (new.invoice_number ~ '^INV-[0-9]{1,4}-[0-9]+$')
  execute function app.hold_invoice_numbers();

-- The totals agree with the lines, to the cent, also when only one of the two is changed. An invoice
-- without lines has any subtotal, one whose lines are not taxed any tax.
create function app.check_invoice_lines() returns trigger
language plpgsql
set search_path = ''
as $$
declare
  v_subtotal numeric;
  v_tax numeric;
begin
  select round(sum(line.amount), 2), round(sum(line.amount * line.tax_rate) * 0.01, 2)
    into v_subtotal, v_tax
    from jsonb_to_recordset(new.line_items) as line (amount numeric, tax_rate numeric);
  if round(new.subtotal, 2) <> v_subtotal then
    raise exception using errcode = 'check_violation', constraint = 'invoices_subtotal_check';
  elsif round(new.tax_amount, 2) <> v_tax then
    raise exception using errcode = 'check_violation', constraint = 'invoices_tax_check';
  end if;
  return new;
end
$$;

create trigger check_invoice_lines before insert or update on crm.invoices
  for each row when (new.line_items <> '[]') execute function app.check_invoice_lines();

revoke execute on all routines in schema app from public;
grant execute on function app.next_invoice_number(integer) to lumenbase_api;
