import { ApiError } from "../../../api-error.ts";
import { native } from "../../../api.ts";
import { go } from "../../../router.ts";
import { isAtLeast } from "../../../session.ts";
import { tell } from "../../../toasts.ts";
import { Short } from "../../../ui/text.tsx";
import { Badge, Time } from "../../../ui/values.tsx";
import type { Contact, OneAnswer, Word } from "../answers.ts";
import { type Filter, oneOf, order } from "../filters.ts";
import { choicesOf, forgetKnown, type Known, useKnown } from "../known.ts";
import { ListPage } from "../list-page.tsx";
import { RecordDialog } from "../record-dialog.tsx";
import type { RecordList } from "../record-list.ts";
import type { RecordField, Sent } from "../record-form.tsx";
import { SeveralContacts } from "./several-contacts.tsx";

const NAMES = "search_value my company_id status start_date end_date".split(" ");

const SORTS = [
  ["", "Newest first"],
  ["created_at ASC", "Oldest first"],
  ["name ASC", "Name, A to Z"],
  ["email ASC", "Email, A to Z"],
  ["lead_score DESC", "Highest score first"],
  ["updated_at DESC", "Last changed first"],
] as const;

const FIELDS: readonly RecordField[] = [
  { name: "first_name", label: "First name" },
  { name: "last_name", label: "Last name" },
  { name: "email", label: "Email", kind: "email" },
  { name: "phone", label: "Phone", hint: "With its country code, such as +49 30 1234567." },
  { name: "title", label: "Job title" },
  {
    name: "company_name",
    label: "Company",
    kind: "company",
    hint: "A new name adds the company.",
  },
];

function filtersBy(known: Known | undefined): readonly Filter[] {
  return [
    { label: "Search", names: ["search_value"], kind: "search", isMain: true },
    oneOf("Status", "status", choicesOf(known?.contactStatuses), true),
    {
      label: "Whose",
      names: ["my"],
      kind: "choice",
      isMain: true,
      choices: [["", "Everybody's"], ["true", "Mine"]],
    },
    order(SORTS),
    { label: "Added from", names: ["start_date"], kind: "date" },
    { label: "Added to", names: ["end_date"], kind: "date" },
  ];
}

function columnsBy(statuses: readonly Word[]): RecordList<Contact>["columns"] {
  return [
    {
      title: "Name",
      cell: ({ id, name, email }) => (
        <>
          <a href={`#/contacts/${id}`}>
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
    {
      title: "Company",
      cell: ({ company_id, company_name }) =>
        company_id === null ? <Short text={null} /> : (
          <a href={`#/companies/${company_id}`}>
            <Short text={company_name} />
          </a>
        ),
    },
    { title: "Job title", cell: ({ designation }) => <Short text={designation} /> },
    { title: "Phone", cell: ({ phone_number }) => <Short text={phone_number} />, isMinor: true },
    {
      title: "Status",
      cell: ({ status }) => (
        <Badge>
          <Short text={statuses.find(({ id }) => id === status)?.name} />
        </Badge>
      ),
    },
    { title: "Added", cell: ({ created_at }) => <Time value={created_at} />, isMinor: true },
  ];
}

/** The list of contacts. */
export function ContactsPage() {
  const known = useKnown();
  const list: RecordList<Contact> = {
    module: "contact",
    title: "Contacts",
    one: "contact",
    nameOf: ({ name }) => name,
    path: "contact/list",
    names: NAMES,
    columns: columnsBy(known.data?.contactStatuses ?? []),
    several: (ids, done) => <SeveralContacts ids={ids} done={done} />,
    start: (
      <>
        <p>No contacts yet.</p>
        <p>
          {isAtLeast("rep")
            ? (
              <>
                Add one with “New contact”, or <a href="#/">connect a form or your own code</a>.
              </>
            )
            : "They appear here as they arrive."}
        </p>
      </>
    ),
    create: (close) => (
      <RecordDialog
        title="New contact"
        submit="Add contact"
        isNew
        fields={FIELDS}
        onClose={close}
        write={add}
      />
    ),
  };
  return <ListPage list={list} filters={filtersBy(known.data)} />;
}

const PATH = "v1-public-contacts";

interface Rehearsal {
  outcome: "created" | "updated" | "unchanged";
}

/** Adds a contact, but changes none that is there: the API would complete the one of this email. */
async function add(sent: Sent, idempotencyKey: string): Promise<void> {
  const { data: { outcome } } = await native.post<OneAnswer<Rehearsal>>(PATH, sent, {
    query: { dry_run: true },
  });
  if (outcome !== "created") {
    const message = "Another contact has this email.";
    throw new ApiError(409, "conflict", message, [{ field: "email", message }]);
  }
  const { data } = await native.post<OneAnswer<{ id: string }>>(PATH, sent, { idempotencyKey });
  forgetKnown();
  tell("Contact added.");
  go(`/contacts/${data.id}`);
}
