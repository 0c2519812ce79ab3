import { useState } from "preact/hooks";
import { lio } from "../../../api.ts";
import { useLoad } from "../../../load.ts";
import { go } from "../../../router.ts";
import { isAtLeast } from "../../../session.ts";
import { tell } from "../../../toasts.ts";
import { Confirm } from "../../../ui/confirm.tsx";
import { Loading } from "../../../ui/loading.tsx";
import { Page } from "../../../ui/page.tsx";
import { Short } from "../../../ui/text.tsx";
import { numberText } from "../../../ui/values.tsx";
import { Activities, Tasks, useNative } from "../activities.tsx";
import type { Company, Contact, Lead } from "../answers.ts";
import { readCompany } from "../native-ids.ts";
import { newKey } from "../../../once.ts";
import { RecordDialog } from "../record-dialog.tsx";
import { textsOf } from "../record-form.tsx";
import { type Deal, DealLine, Related, useNewest } from "../related.tsx";
import { Timeline } from "../timeline.tsx";
import { CompanyFacts } from "./company-facts.tsx";
import { COMPANY_FIELDS } from "./company-fields.ts";

/** One company, by its number or by its id in the native API. */
export function CompanyPage({ id }: { id: string }) {
  const loaded = useLoad((signal) => readCompany(id, signal), [id]);
  const company = loaded.data?.record;
  return (
    <Page
      title={company?.company_name ?? "Company"}
      actions={company && isAtLeast("rep") && <Actions company={company} reload={loaded.reload} />}
    >
      <p>
        <a href="#/companies">All companies</a>
      </p>
      <Loading of={loaded}>
        {({ record, uuid }) => (
          <div class="columns records-record">
            <div class="records-column">
              <CompanyFacts company={record} />
              <Contacts company={record} />
              <Leads company={record} />
              <Deals uuid={uuid} />
              <Tasks link="company_id" uuid={uuid} />
            </div>
            <div class="records-column">
              <Activities
                link="company_id"
                uuid={uuid}
                entity={record.domain === null ? null : { entity_domain: record.domain }}
                missing="A note finds its company by the domain: add a website first."
              />
              <Timeline model="company" id={record.id} round={record.updated_at} />
            </div>
          </div>
        )}
      </Loading>
    </Page>
  );
}

function Actions({ company, reload }: { company: Company; reload(): void }) {
  const [isEditing, setEditing] = useState(false);
  return (
    <>
      <button type="button" onClick={() => setEditing(true)}>Edit</button>
      {isAtLeast("member") && <DeleteCompany company={company} />}
      {isEditing && (
        <RecordDialog
          title="Edit company"
          submit="Save"
          fields={COMPANY_FIELDS}
          initial={textsOf(COMPANY_FIELDS, { ...company })}
          onClose={() => setEditing(false)}
          pathOf={(other) => `/companies/${other}`}
          write={async (sent, idempotencyKey) => {
            await lio.post(`company/update/${company.id}`, sent, { idempotencyKey });
            tell("Company saved.");
            reload();
          }}
        />
      )}
    </>
  );
}

function DeleteCompany({ company }: { company: Company }) {
  const { contact_count, lead_count, deal_count } = company;
  return (
    <Confirm
      button="Delete"
      question="Delete this company?"
      run={async () => {
        await lio.delete(`company/delete/${company.id}`, { idempotencyKey: newKey() });
        tell("Company deleted.");
        go("/companies");
      }}
    >
      <p>
        <bdi>{company.company_name.slice(0, 200)}</bdi>{" "}
        goes for good, with its logo, attachments and who worked there.
      </p>
      <p>
        Its contacts ({numberText(contact_count)}), leads ({numberText(lead_count)}) and deals (
        {numberText(deal_count)}) stay, without the company, as do its tasks, activities, invoices
        and meetings.
      </p>
    </Confirm>
  );
}

function Contacts({ company }: { company: Company }) {
  const contacts = useNewest<Contact>("contact/list", { company_id: company.id });
  return (
    <Related
      title="Contacts"
      of={contacts}
      empty="Nobody is known here yet."
      keyOf={({ id }) => id}
      add={company.contact_count > 10 && (
        <p>
          <a href={`#/contacts?company_id=${company.id}`}>
            All {numberText(company.contact_count)}
          </a>
        </p>
      )}
    >
      {({ id, name, designation }) => (
        <p>
          <a href={`#/contacts/${id}`}>
            <Short text={name || "Without a name"} />
          </a>{" "}
          {designation && (
            <span class="quiet">
              <Short text={designation} />
            </span>
          )}
        </p>
      )}
    </Related>
  );
}

function Leads({ company }: { company: Company }) {
  const leads = useNewest<Lead>("lead/list", { company_id: company.id });
  return (
    <Related
      title="Leads"
      of={leads}
      empty="No leads from here."
      keyOf={({ id }) => id}
      add={company.lead_count > 10 && (
        <p>
          <a href={`#/leads?company_id=${company.id}`}>All {numberText(company.lead_count)}</a>
        </p>
      )}
    >
      {({ id, name, status_text }) => (
        <p>
          <a href={`#/leads/${id}`}>
            <Short text={name || "Without a name"} />
          </a>{" "}
          <span class="quiet">
            <Short text={status_text} />
          </span>
        </p>
      )}
    </Related>
  );
}

function Deals({ uuid }: { uuid: string }) {
  const deals = useNative<Deal>("v1-public-deals", "company_id", uuid);
  return (
    <Related
      title="Deals"
      of={deals}
      empty="No deals with this company."
      keyOf={({ id }) => id}
    >
      {(deal) => <DealLine deal={deal} />}
    </Related>
  );
}
