import { useState } from "preact/hooks";
import { lio, native } from "../../../api.ts";
import { useLoad } from "../../../load.ts";
import { go } from "../../../router.ts";
import { isAtLeast } from "../../../session.ts";
import { tell } from "../../../toasts.ts";
import { Confirm } from "../../../ui/confirm.tsx";
import { Loading } from "../../../ui/loading.tsx";
import { Page } from "../../../ui/page.tsx";
import { Activities, Tasks } from "../activities.tsx";
import type { Contact } from "../answers.ts";
import { companyNamed } from "../companies-found.ts";
import { forgetKnown, type Known, useKnown } from "../known.ts";
import { type Both, readContact } from "../native-ids.ts";
import { newKey } from "../../../once.ts";
import { RecordDialog } from "../record-dialog.tsx";
import { type Sent, textsOf } from "../record-form.tsx";
import { Tags } from "../tags.tsx";
import { Timeline } from "../timeline.tsx";
import { ContactFacts } from "./contact-facts.tsx";
import { contactFields } from "./contact-fields.ts";
import { LeadsOf } from "./leads-of.tsx";

/** One contact, by its number or by its id in the native API. */
export function ContactPage({ id }: { id: string }) {
  const loaded = useLoad((signal) => readContact(id, signal), [id]);
  const known = useKnown();
  const contact = loaded.data?.record;
  const { reload } = loaded;
  return (
    <Page
      title={contact ? contact.name || "A contact without a name" : "Contact"}
      actions={loaded.data && <Actions both={loaded.data} known={known.data} reload={reload} />}
    >
      <p>
        <a href="#/contacts">All contacts</a>
      </p>
      <Loading of={loaded}>
        {(both) => <Content both={both} known={known.data} reload={reload} />}
      </Loading>
    </Page>
  );
}

interface Parts {
  both: Both<Contact>;
  known: Known | undefined;
  reload(): void;
}

function Actions({ both: { record, uuid }, known, reload }: Parts) {
  const [isEditing, setEditing] = useState(false);
  const fields = contactFields(known);
  if (!isAtLeast("rep")) return null;
  return (
    <>
      <button type="button" onClick={() => setEditing(true)}>Edit</button>
      <a class="button" href={`#/contacts/${uuid}/merge`}>Merge…</a>
      {isAtLeast("member") && <DeleteContact contact={record} />}
      {isEditing && (
        <RecordDialog
          title="Edit contact"
          submit="Save"
          fields={fields}
          initial={textsOf(fields, { ...record })}
          onClose={() => setEditing(false)}
          pathOf={(other) => `/contacts/${other}`}
          write={async (sent, idempotencyKey) => {
            await change(record, uuid, sent, idempotencyKey);
            tell("Contact saved.");
            reload();
          }}
        />
      )}
    </>
  );
}

/** Changes a contact by LIO, which takes a company by its number, and none only in the native API. */
async function change(
  { id }: Contact,
  uuid: string,
  { company_name: name, ...sent }: Sent,
  idempotencyKey: string,
): Promise<void> {
  if (name === null) {
    await native.patch("v1-public-contacts-crud", { company_id: null }, {
      query: { id: uuid },
      idempotencyKey: `${idempotencyKey}-company`,
    });
  }
  const body = typeof name === "string"
    ? { ...sent, company_id: await companyNamed(name, "company_name") }
    : sent;
  if (Object.keys(body).length > 0) {
    await lio.post(`contact/update/${id}`, body, { idempotencyKey });
  }
}

function DeleteContact({ contact }: { contact: Contact }) {
  return (
    <Confirm
      button="Delete"
      question="Delete this contact?"
      run={async () => {
        await lio.delete(`contact/delete/${contact.id}`, { idempotencyKey: newKey() });
        tell("Contact deleted.");
        go("/contacts");
      }}
    >
      <p>
        <bdi>{contact.name.slice(0, 200)}</bdi>{" "}
        goes for good, with its tags, attachments and places on marketing lists.
      </p>
      <p>
        Its leads, deals, tasks, activities, invoices, meetings, calls and messages stay, without
        the contact.
      </p>
    </Confirm>
  );
}

function Content({ both: { record: contact, uuid }, known, reload }: Parts) {
  const [round, setRound] = useState(0);
  const setTags = async (tags: readonly (number | string)[]) => {
    await lio.post(`contact/update/${contact.id}`, { tags }, { idempotencyKey: newKey() });
    forgetKnown();
    reload();
    setRound((n) => n + 1);
  };
  return (
    <div class="columns records-record">
      <div class="records-column">
        <ContactFacts contact={contact} known={known} />
        <Tags tags={contact.tags} known={known?.tags ?? []} save={setTags} />
        <LeadsOf contact={contact} />
        <Tasks link="contact_id" uuid={uuid} />
      </div>
      <div class="records-column">
        <Activities
          link="contact_id"
          uuid={uuid}
          entity={contact.email === null ? null : { entity_email: contact.email }}
          missing="A note finds its contact by the email: add one first."
        />
        <Timeline model="contact" id={contact.id} round={`${round} ${contact.updated_at}`} />
      </div>
    </div>
  );
}
