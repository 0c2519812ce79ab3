import { useState } from "preact/hooks";
import { lio } from "../../api.ts";
import { useLoad } from "../../load.ts";
import { useOnce } from "../../once.ts";
import { go } from "../../router.ts";
import { isAtLeast } from "../../session.ts";
import { CheckField, TextField } from "../../ui/fields.tsx";
import { Form } from "../../ui/form.tsx";
import { numberText } from "../../ui/values.tsx";
import { AppPage } from "./app-page.tsx";
import {
  COMPANY_FIELDS,
  type ImportDraft,
  known,
  LEAD_FIELDS,
  type Properties,
  startImport,
  USUAL_OF_COMPANIES,
  USUAL_OF_CONTACTS,
} from "./hubspot.ts";
import { MappedFields } from "./mapped-fields.tsx";
import { Service } from "./service.tsx";

const ERRORS = ["mapping.lead", "mapping.company", "from", "to", "limit"];

/** HubSpot: its contacts and companies are imported as leads. */
export function HubspotPage() {
  return (
    <AppPage provider="hubspot" title="HubSpot">
      <Contacts />
    </AppPage>
  );
}

function Contacts() {
  const properties = useLoad(async (signal) => {
    const path = "connected-apps/hubspot/properties";
    return (await lio.get<{ data: Properties }>(path, {}, signal)).data;
  }, []);
  return (
    <Service of={properties}>
      {(found) =>
        isAtLeast("member") ? <ImportForm properties={found} /> : (
          <p>
            {numberText(found.contacts.length)}{" "}
            properties of contacts can be imported: ask a manager to do so.
          </p>
        )}
    </Service>
  );
}

function ImportForm({ properties }: { properties: Properties }) {
  const [draft, setDraft] = useState<ImportDraft>(() => ({
    contacts: known(USUAL_OF_CONTACTS, properties.contacts),
    companies: known(USUAL_OF_COMPANIES, properties.companies),
    from: "",
    to: "",
    limit: "",
  }));
  const change = (part: Partial<ImportDraft>) => setDraft((old) => ({ ...old, ...part }));
  const once = useOnce();
  const start = async () => {
    const id = await startImport(draft, once);
    go(`/connections/hubspot/imports/${id}`);
  };
  return (
    <section class="card" aria-labelledby="import">
      <h2 id="import">Import contacts</h2>
      <p class="quiet">
        A contact that is a lead already has only its empty fields filled. Importing again makes
        nothing twice.
      </p>
      <Form submit="Import" onSubmit={start} fields={ERRORS}>
        {(errorOf) => (
          <div class="connect">
            <MappedFields
              legend="Contacts become leads"
              properties={properties.contacts}
              fields={LEAD_FIELDS}
              rows={draft.contacts}
              onChange={(contacts) => change({ contacts })}
              error={errorOf("mapping.lead")}
            />
            <Companies
              properties={properties}
              draft={draft}
              change={change}
              error={errorOf("mapping.company")}
            />
            <Range draft={draft} change={change} errorOf={errorOf} />
          </div>
        )}
      </Form>
    </section>
  );
}

function Companies({ properties: { companies }, draft, change, error }: {
  properties: Properties;
  draft: ImportDraft;
  change(part: Partial<ImportDraft>): void;
  error: string | undefined;
}) {
  return (
    <>
      <CheckField
        label="Their companies as well"
        checked={draft.companies !== null}
        onChange={(isWanted) =>
          change({ companies: isWanted ? known(USUAL_OF_COMPANIES, companies) : null })}
      />
      {draft.companies && (
        <MappedFields
          legend="Companies"
          properties={companies}
          fields={COMPANY_FIELDS}
          rows={draft.companies}
          onChange={(rows) => change({ companies: rows })}
          error={error}
        />
      )}
    </>
  );
}

function Range({ draft, change, errorOf }: {
  draft: ImportDraft;
  change(part: Partial<ImportDraft>): void;
  errorOf(field: string): string | undefined;
}) {
  return (
    <div class="columns">
      <TextField
        label="Made from"
        type="date"
        value={draft.from}
        onChange={(from) => change({ from })}
        error={errorOf("from")}
      />
      <TextField
        label="Made until"
        type="date"
        value={draft.to}
        onChange={(to) => change({ to })}
        error={errorOf("to")}
      />
      <TextField
        label="At most"
        hint="100,000 unless given."
        inputMode="numeric"
        value={draft.limit}
        onChange={(limit) => change({ limit })}
        error={errorOf("limit")}
      />
    </div>
  );
}
