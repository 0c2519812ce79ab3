import { lio } from "../../../api.ts";
import { go } from "../../../router.ts";
import { isAtLeast, session } from "../../../session.ts";
import { tell } from "../../../toasts.ts";
import { Short } from "../../../ui/text.tsx";
import { Badge, moneyText, numberText, Time } from "../../../ui/values.tsx";
import type { Lead, OneAnswer } from "../answers.ts";
import { assignee, type Filter, oneOf, order } from "../filters.ts";
import { choicesOf, forgetKnown, type Known, useKnown } from "../known.ts";
import { ListPage } from "../list-page.tsx";
import { RecordDialog } from "../record-dialog.tsx";
import type { RecordField } from "../record-form.tsx";
import type { RecordList } from "../record-list.ts";
import { leadFields } from "./lead-fields.ts";
import { SeveralLeads } from "./several-leads.tsx";

const NAMES = [
  "search_value status state_id priority lead_source assigned_to unassigned tags company city state",
  "country score_min score_max created_from created_to start_date end_date company_id contact_id",
].join(" ").split(" ");

const SORTS = [
  ["", "Newest first"],
  ["created_at ASC", "Oldest first"],
  ["last_activity_at DESC", "Last active first"],
  ["score DESC", "Highest score first"],
  ["estimated_value DESC", "Highest value first"],
  ["priority DESC", "Most urgent first"],
  ["last_name ASC", "Last name, A to Z"],
  ["company ASC", "Company, A to Z"],
  ["updated_at DESC", "Last changed first"],
] as const;

function filtersBy(known: Known | undefined): readonly Filter[] {
  return [
    { label: "Search", names: ["search_value"], kind: "search", isMain: true },
    oneOf("Status", "status", choicesOf(known?.statuses), true),
    assignee(choicesOf(known?.users)),
    order(SORTS),
    oneOf("Source", "lead_source", choicesOf(known?.sources)),
    oneOf("Tag", "tags", choicesOf(known?.tags)),
    oneOf("Priority", "priority", choicesOf(known?.priorities)),
    { label: "Company", names: ["company"], kind: "text" },
    { label: "City", names: ["city"], kind: "text" },
    { label: "Added from", names: ["created_from"], kind: "date" },
    { label: "Added to", names: ["created_to"], kind: "date" },
  ];
}

const COLUMNS: RecordList<Lead>["columns"] = [
  {
    title: "Name",
    cell: ({ id, name, email }) => (
      <>
        <a href={`#/leads/${id}`}>
          <Short text={name || "Without a name"} />
        </a>
        {email && email !== name && (
          <span class="quiet">
            <Short text={email} />
          </span>
        )}
      </>
    ),
  },
  { title: "Company", cell: ({ company }) => <Short text={company} /> },
  {
    title: "Status",
    cell: ({ status_text }) => (
      <Badge>
        <Short text={status_text} />
      </Badge>
    ),
  },
  { title: "Assigned to", cell: ({ assigned_to_name }) => <Short text={assigned_to_name} /> },
  { title: "Score", cell: ({ score }) => numberText(score), isNumber: true, isMinor: true },
  {
    title: "Value",
    cell: ({ estimated_value: value }) => value === null ? "–" : moneyText(value, null),
    isNumber: true,
    isMinor: true,
  },
  { title: "Added", cell: ({ created_at }) => <Time value={created_at} />, isMinor: true },
];

/** The list of leads. */
export function LeadsPage() {
  const known = useKnown();
  const list: RecordList<Lead> = {
    module: "lead",
    title: "Leads",
    one: "lead",
    path: "lead/list",
    names: NAMES,
    columns: COLUMNS,
    nameOf: ({ name }) => name,
    several: (ids, done) => <SeveralLeads ids={ids} known={known.data} done={done} />,
    start: (
      <>
        <p>No leads yet.</p>
        {isAtLeast("rep")
          ? (
            <p>
              Add one with “New lead”, or <a href="#/">connect a form or your own code</a>.
            </p>
          )
          : <p>They appear here as they arrive.</p>}
      </>
    ),
    create: (close) => <NewLead known={known.data} onClose={close} />,
  };
  return <ListPage list={list} filters={filtersBy(known.data)} />;
}

function NewLead({ known, onClose }: { known: Known | undefined; onClose(): void }) {
  return (
    <RecordDialog
      title="New lead"
      submit="Add lead"
      isNew
      fields={[...leadFields(known), ...isAtLeast("member") ? [assigned(known)] : []]}
      initial={isAtLeast("member") ? { assigned_to: String(session.value?.user.number ?? "") } : {}}
      onClose={onClose}
      pathOf={(id) => `/leads/${id}`}
      write={async (sent, idempotencyKey) => {
        const { data } = await lio.post<OneAnswer<Lead>>("lead/add", sent, { idempotencyKey });
        forgetKnown();
        tell("Lead added.");
        go(`/leads/${data.id}`);
      }}
    />
  );
}

function assigned(known: Known | undefined): RecordField {
  return {
    name: "assigned_to",
    label: "Assigned to",
    kind: "choice",
    isNumber: true,
    choices: [["", "Nobody"], ...choicesOf(known?.users)],
  };
}
