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
  due_date_key date not null generated always as (coalesce(due_date, 'infinity')) stored,
  search_text text collate "und-x-icu" not null generated always as (
    lower(invoice_number collate "und-x-icu")) stored,
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
create index invoices_total_idx on crm.invoices (workspace_id, total, id);
create index invoices_status_idx on crm.invoices (workspace_id, status, created_at, id);
create index invoices_company_id_idx on crm.invoices (workspace_id, company_id, created_at, id);
create index invoices_contact_id_idx on crm.invoices (workspace_id, contact_id, created_at, id);
create index invoices_deal_id_idx on crm.invoices (workspace_id, deal_id, created_at, id);
call app.make_tenant_table('invoices');
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

revoke execute on all routines in schema app from public;
grant execute on function app.next_invoice_number(integer) to lumenbase_api;
