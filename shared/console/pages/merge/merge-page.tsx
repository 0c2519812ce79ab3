import { useRef, useState } from "preact/hooks";
import { useLoad } from "../../load.ts";
import { go, query, setQuery } from "../../router.ts";
import { isAtLeast } from "../../session.ts";
import { Action } from "../../ui/action.tsx";
import { Failure } from "../../ui/failure.tsx";
import { Loading } from "../../ui/loading.tsx";
import { Page } from "../../ui/page.tsx";
import { useOnce } from "../../once.ts";
import { type Choices, type Contact, nameOf, type Preview } from "./answers.ts";
import { companyNames, mergeContacts, previewOf, readContact } from "./calls.ts";
import { ChooseFields } from "./choose-fields.tsx";
import { Consequences } from "./consequences.tsx";
import { FindContact } from "./find-contact.tsx";

/** Merges another contact into this one, by its id in the native API. */
export function MergePage({ id }: { id: string }) {
  const other = query.value.get("with");
  const keep = useLoad((signal) => readContact(id, signal), [id]);
  return (
    <Page title="Merge contacts">
      <p>
        <a href={`#/contacts/${id}`}>Back to the contact</a>
      </p>
      <Loading of={keep}>
        {(contact) => (
          <>
            <p dir="auto">
              Kept: <strong>{nameOf(contact).slice(0, 200)}</strong>
            </p>
            {other === null
              ? <FindContact keep={contact} />
              : <Compare key={`${id} ${other}`} keep={contact} other={other} />}
          </>
        )}
      </Loading>
    </Page>
  );
}

function Compare({ keep, other }: { keep: Contact; other: string }) {
  const both = useLoad(async (signal) => {
    const merge = await readContact(other, signal);
    return { merge, companies: await companyNames([keep.company_id, merge.company_id], signal) };
  }, [keep.id, other]);
  return (
    <Loading of={both}>
      {({ merge, companies }) => <Choosing keep={keep} merge={merge} companies={companies} />}
    </Loading>
  );
}

interface ChoosingProps {
  keep: Contact;
  merge: Contact;
  companies: Readonly<Record<string, string>>;
}

function Choosing({ keep, merge, companies }: ChoosingProps) {
  const [fields, setFields] = useState<Choices>({});
  const once = useOnce();
  const asked = { keep_id: keep.id, merge_id: merge.id, fields };
  const loaded = useLoad((signal) => previewOf(asked, signal), [asked]);
  // What was known of the choice before stays in sight meanwhile.
  const last = useRef<Preview | undefined>(undefined);
  last.current = loaded.data ?? last.current;
  const preview = last.current;
  return (
    <>
      <p dir="auto">
        Merged into it, and then gone: <strong>{nameOf(merge).slice(0, 200)}</strong>
      </p>
      <div class="actions">
        <button type="button" onClick={() => setQuery({ with: null })}>Choose another</button>
        <button type="button" onClick={() => go(`/contacts/${merge.id}/merge?with=${keep.id}`)}>
          Keep the other instead
        </button>
      </div>
      <section class="card merge-fields" aria-busy={loaded.isLoading}>
        <h2>Field by field</h2>
        <ChooseFields
          keep={keep}
          merge={merge}
          after={preview?.record}
          companies={companies}
          choices={fields}
          onChange={setFields}
        />
      </section>
      <section class="card merge-fields" aria-busy={loaded.isLoading}>
        <h2>What happens</h2>
        {loaded.error && <Failure error={loaded.error} retry={loaded.reload} />}
        {preview && <Consequences merge={preview.merge} />}
        {isAtLeast("rep") && preview && !loaded.error && (
          <div class="actions">
            <Action class="primary" run={() => once(asked, (key) => mergeContacts(asked, key))}>
              Merge the contacts
            </Action>
          </div>
        )}
      </section>
    </>
  );
}
