import { lio } from "../../../api.ts";
import { go } from "../../../router.ts";
import { isAtLeast } from "../../../session.ts";
import { tell } from "../../../toasts.ts";
import { Short } from "../../../ui/text.tsx";
import { numberText, Time } from "../../../ui/values.tsx";
import type { Company, OneAnswer } from "../answers.ts";
import { type Filter, order } from "../filters.ts";
import { ListPage } from "../list-page.tsx";
import { RecordDialog } from "../record-dialog.tsx";
import type { RecordList } from "../record-list.ts";
import { Several } from "../several.tsx";
import { COMPANY_FIELDS } from "./company-fields.ts";

const NAMES = "search_value my company_id industry_type industry country start_date end_date"
  .split(" ");

const FILTERS: readonly Filter[] = [
  { label: "Search", names: ["search_value"], kind: "search", isMain: true },
  {
    label: "Whose",
    names: ["my"],
    kind: "choice",
    isMain: true,
    choices: [["", "Everybody's"], ["true", "Mine"]],
  },
  order([
    ["", "Newest first"],
    ["created_at ASC", "Oldest first"],
    ["company_name ASC", "Name, A to Z"],
    ["rating DESC", "Best rated first"],
    ["updated_at DESC", "Last changed first"],
  ]),
  { label: "Industry", names: ["industry"], kind: "text" },
  { label: "Country", names: ["country"], kind: "text" },
  { label: "Added from", names: ["start_date"], kind: "date" },
  { label: "Added to", names: ["end_date"], kind: "date" },
];

const COLUMNS: RecordList<Company>["columns"] = [
  {
    title: "Name",
    cell: ({ id, company_name, domain }) => (
      <>
        <a href={`#/companies/${id}`}>
          <Short text={company_name} />
        </a>
        {domain && (
          <span class="quiet">
            <Short text={domain} />
          </span>
        )}
      </>
    ),
  },
  { title: "Industry", cell: ({ industry_type }) => <Short text={industry_type} /> },
  {
    title: "Place",
    cell: ({ city, country }) => <Short text={[city, country].filter(Boolean).join(", ")} />,
  },
  {
    title: "Leads",
    cell: ({ lead_count }) => numberText(lead_count),
    isNumber: true,
    isMinor: true,
  },
  {
    title: "Contacts",
    cell: ({ contact_count }) => numberText(contact_count),
    isNumber: true,
    isMinor: true,
  },
  {
    title: "Deals",
    cell: ({ deal_count }) => numberText(deal_count),
    isNumber: true,
    isMinor: true,
  },
  { title: "Added", cell: ({ created_at }) => <Time value={created_at} />, isMinor: true },
];

// No API changes several companies at once.
const several: RecordList<Company>["several"] = (ids, done) => (
  <Several
    ids={ids}
    names={["company", "companies"]}
    consequences={
      <>
        They go for good, with their logos, attachments and who worked there. Their contacts, leads,
        deals, tasks, activities, invoices and meetings stay, without the company.
      </>
    }
    done={done}
  />
);

/** The list of companies. */
export function CompaniesPage() {
  const list: RecordList<Company> = {
    module: "company",
    title: "Companies",
    one: "company",
    nameOf: ({ company_name }) => company_name,
    path: "company/list",
    names: NAMES,
    columns: COLUMNS,
    ...(isAtLeast("member") ? { several } : {}),
    start: (
      <>
        <p>No companies yet.</p>
        <p>
          {isAtLeast("rep") ? "Add one with “New company”. " : ""}
          The company of a lead's email address is added by itself.
        </p>
      </>
    ),
    create: (close) => (
      <RecordDialog
        title="New company"
        submit="Add company"
        isNew
        fields={COMPANY_FIELDS}
        onClose={close}
        pathOf={(id) => `/companies/${id}`}
        write={async (sent, idempotencyKey) => {
          const { data } = await lio.post<OneAnswer<Company>>("company/add", sent, {
            idempotencyKey,
          });
          tell("Company added.");
          go(`/companies/${data.id}`);
        }}
      />
    ),
  };
  return <ListPage list={list} filters={FILTERS} />;
}
