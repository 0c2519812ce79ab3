import { useState } from "preact/hooks";
import { useLoad } from "../../load.ts";
import { go } from "../../router.ts";
import { tell } from "../../toasts.ts";
import { TextField } from "../../ui/fields.tsx";
import { Form } from "../../ui/form.tsx";
import { Loading } from "../../ui/loading.tsx";
import { Page } from "../../ui/page.tsx";
import { changeConnector, type Connector } from "./connectors.ts";
import { type Proof, ProofFields, proofOf, verificationOf } from "./proof-fields.tsx";
import { givenSecrets, SECRET_NAMES, SecretFields, type Secrets } from "./secret-fields.tsx";
import { type Source, sourceOf } from "./source.ts";

/** Expressions over the whole payload, with what each is for. */
const EXPRESSIONS = [
  ["event_id", "The sender's id of an event", "A retry with the same id changes nothing."],
  ["skip", "Ignore events for which this is true", "Or it gives the reason."],
  ["test", "Take events for a test for which this is true", "They make no record."],
  ["items", "The events of what was sent", "For a sender that sends several at once."],
] as const;

type Expression = typeof EXPRESSIONS[number][0];

/** Changes what a connector is called, its proof, its limit and its expressions. */
export function EditPage({ id }: { id: string }) {
  const source = useLoad((signal) => sourceOf(id, signal), [id]);
  return (
    <Page
      title={`Edit ${source.data?.connector.name ?? "the source"}`}
      actions={<a class="button" href={`#/sources/${id}`}>Back to the source</a>}
    >
      <div class="new-connector">
        <Loading of={source}>{(loaded) => <Settings source={loaded} />}</Loading>
      </div>
    </Page>
  );
}

/** What the form holds. */
interface Draft {
  name: string;
  slug: string;
  limit: string;
  secrets: Secrets;
  proof: Proof;
  texts: Readonly<Record<Expression, string>>;
}

function Settings({ source }: { source: Source }) {
  const { connector } = source;
  const [draft, setDraft] = useState(() => draftOf(connector));
  const set = (change: Partial<Draft>) => setDraft({ ...draft, ...change });
  const save = async () => {
    await changeConnector(connector.id, changeOf(source, draft));
    tell("The source was saved.");
    go(`/sources/${connector.id}`);
  };
  return (
    <Form submit="Save" onSubmit={save} fields={ASKED}>
      {(errorOf) => (
        <>
          <TextField
            label="Name"
            value={draft.name}
            onChange={(name) => set({ name })}
            error={errorOf("name")}
          />
          <ProofOf source={source} draft={draft} set={set} errorOf={errorOf} />
          <TextField
            label="Name in requests with an API key"
            value={draft.slug}
            onChange={(slug) => set({ slug })}
            error={errorOf("slug")}
          />
          <TextField
            label="Requests a minute, at most"
            type="number"
            value={draft.limit}
            onChange={(limit) => set({ limit })}
            error={errorOf("requests_per_minute")}
          />
          <fieldset>
            <legend>Expressions over what is sent (JSONata, optional)</legend>
            {EXPRESSIONS.map(([field, label, hint]) => (
              <TextField
                key={field}
                label={label}
                hint={hint}
                value={draft.texts[field]}
                onChange={(text) => set({ texts: { ...draft.texts, [field]: text } })}
                error={errorOf(field)}
              />
            ))}
          </fieldset>
        </>
      )}
    </Form>
  );
}

function ProofOf({ source: { connector, preset }, draft: { proof, secrets }, set, errorOf }: {
  source: Source;
  draft: Draft;
  set(change: Partial<Draft>): void;
  errorOf(field: string): string | undefined;
}) {
  const own = proof.type === "none" ? {} : { secret: "required" as const };
  return (
    <>
      {preset === null && (
        <ProofFields
          value={proof}
          onChange={(next) => set({ proof: next })}
          errorOf={errorOf}
        />
      )}
      <SecretFields
        taken={preset?.secrets ?? own}
        kept={connector.secrets_set}
        value={secrets}
        onChange={(next) => set({ secrets: next })}
        errorOf={errorOf}
      />
    </>
  );
}

const ASKED = ["name", "slug", "requests_per_minute", ...SECRET_NAMES, "verification"]
  .concat("verification.header", "verification.field", "verification.prefix")
  .concat(EXPRESSIONS.map(([field]) => field));

function draftOf(connector: Connector): Draft {
  const { name, slug, requests_per_minute, verification, event_id, skip, test, items } = connector;
  return {
    name,
    slug,
    limit: String(requests_per_minute),
    secrets: {},
    proof: proofOf(verification),
    texts: {
      event_id: event_id ?? "",
      skip: skip ?? "",
      test: test ?? "",
      items: items ?? "",
    },
  };
}

function changeOf(source: Source, { name, slug, limit, secrets, proof, texts }: Draft) {
  return {
    name,
    slug,
    requests_per_minute: Number(limit),
    ...givenSecrets(secrets),
    ...verificationChange(source, secrets, proof),
    ...expressionChange(source.connector, texts),
  };
}

// A preset proves nothing until it has its secret; a proof of one's own is changed only when it was.
function verificationChange(
  { connector, preset }: Source,
  { secret }: Secrets,
  proof: Proof,
) {
  const { verification } = connector;
  if (preset !== null) {
    return secret && verification.type === "none" ? { verification: preset.verification } : {};
  }
  const isSame = JSON.stringify(proof) === JSON.stringify(proofOf(verification));
  return isSame ? {} : { verification: verificationOf(proof) };
}

function expressionChange(
  connector: Connector,
  texts: Readonly<Record<Expression, string>>,
) {
  return Object.fromEntries(
    EXPRESSIONS.filter(([field]) => texts[field] !== (connector[field] ?? ""))
      .map(([field]) => [field, texts[field] === "" ? null : texts[field]]),
  );
}
