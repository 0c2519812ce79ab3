import { useOnce } from "../../once.ts";
import { useState } from "preact/hooks";
import { CheckField, SelectField, TextArea, TextField } from "../../ui/fields.tsx";
import { Form } from "../../ui/form.tsx";
import { AccessPage } from "./access-page.tsx";
import { KeyOnce } from "./key-once.tsx";
import { type Draft, KEY_FIELDS, madeKey } from "./make-key.ts";
import { KEY_APIS, type KeyApi } from "./scopes.ts";

const EMPTY: Draft = {
  name: "",
  api: "lumenbase",
  scopes: [],
  days: "90",
  ips: "",
  domains: "",
  rate: "",
};
const EXPIRIES = [["30", "In 30 days"], ["90", "In 90 days"], ["365", "In a year"], [
  "",
  "Never",
]] as const;

/** Makes a key with no more rights than are ticked, and shows it once. */
export function NewKeyPage() {
  const [draft, setDraft] = useState(EMPTY);
  const [opened] = useState(() => Date.now());
  const once = useOnce();
  const [key, setKey] = useState<string | null>(null);
  const change = (part: Partial<Draft>) => setDraft((old) => ({ ...old, ...part }));
  const make = async () => setKey(await madeKey(draft, opened, once));
  if (key !== null) {
    return (
      <AccessPage title={`The key of ${draft.name.trim()}`}>
        <KeyOnce text={key} />
        <div class="actions">
          <a class="button primary" href="#/access">To all keys</a>
        </div>
      </AccessPage>
    );
  }
  return (
    <AccessPage title="New API key">
      <div class="key-form">
        <Form
          onSubmit={make}
          submit="Make the key"
          fields={KEY_FIELDS}
          more={<a class="button" href="#/access">Cancel</a>}
        >
          {(errorOf) => <Fields draft={draft} change={change} errorOf={errorOf} />}
        </Form>
      </div>
    </AccessPage>
  );
}

interface PartProps {
  draft: Draft;
  change(part: Partial<Draft>): void;
  errorOf(field: string): string | undefined;
}

function Fields({ draft, change, errorOf }: PartProps) {
  const api = KEY_APIS.find(({ id }) => id === draft.api);
  return (
    <>
      <TextField
        label="Name"
        hint="The program that will use it."
        value={draft.name}
        error={errorOf("name")}
        onChange={(name) => change({ name })}
      />
      <SelectField
        label="API"
        value={draft.api}
        onChange={(id) => change({ api: id, scopes: [] })}
        choices={KEY_APIS.map(({ id, name }) => [id, name] as const)}
      />
      {api && <Scopes api={api} draft={draft} change={change} errorOf={errorOf} />}
      <SelectField
        label="Expires"
        value={draft.days}
        error={errorOf("expires_at")}
        onChange={(days) => change({ days })}
        choices={EXPIRIES}
      />
      <Bounds api={api} draft={draft} change={change} errorOf={errorOf} />
    </>
  );
}

function Scopes({ api, draft, change, errorOf }: PartProps & { api: KeyApi }) {
  const error = errorOf("scopes");
  const tick = (scope: string, isOn: boolean) =>
    change({
      scopes: isOn ? [...draft.scopes, scope] : draft.scopes.filter((one) => one !== scope),
    });
  return (
    <fieldset aria-describedby="scopes-hint">
      <legend>What it may do</legend>
      <p id="scopes-hint" class="quiet">Nothing until you tick it: give no more than it needs.</p>
      <div class="scopes">
        {api.scopes.map(([scope, label]) => (
          <CheckField
            key={scope}
            label={label}
            checked={draft.scopes.includes(scope)}
            onChange={(isOn) => tick(scope, isOn)}
          />
        ))}
      </div>
      {error && <p class="wrong" role="alert">{error}</p>}
    </fieldset>
  );
}

function Bounds({ api, draft, change, errorOf }: PartProps & { api: KeyApi | undefined }) {
  return (
    <details>
      <summary>Where from, and how often</summary>
      <div class="bounds">
        <TextArea
          label="Only from these addresses"
          hint="One a line, such as 203.0.113.7 or 198.51.100.0/24; anywhere when empty."
          value={draft.ips}
          error={errorOf("allowed_ips")}
          onChange={(ips) => change({ ips })}
        />
        {api?.hasDomains && (
          <TextArea
            label="Only for pages of these domains"
            hint="One a line, such as acme.com or *.acme.com; any when empty."
            value={draft.domains}
            error={errorOf("allowed_domains")}
            onChange={(domains) => change({ domains })}
          />
        )}
        {api?.window && (
          <TextField
            label={`Requests a${api.window === "hour" ? "n" : ""} ${api.window}`}
            hint="The API's usual limit when empty."
            type="number"
            value={draft.rate}
            error={errorOf("rate_limit")}
            onChange={(rate) => change({ rate })}
          />
        )}
      </div>
    </details>
  );
}
