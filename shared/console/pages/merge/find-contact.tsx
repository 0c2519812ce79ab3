import { useEffect, useState } from "preact/hooks";
import { useLoad } from "../../load.ts";
import { setQuery } from "../../router.ts";
import { TextField } from "../../ui/fields.tsx";
import { Loading } from "../../ui/loading.tsx";
import { Table } from "../../ui/table.tsx";
import { Short } from "../../ui/text.tsx";
import { Time } from "../../ui/values.tsx";
import { type Contact, nameOf } from "./answers.ts";
import { findContacts } from "./calls.ts";

const TYPED_MS = 250;

/** Finds the contact that is merged into the kept one: first those of the same name. */
export function FindContact({ keep }: { keep: Contact }) {
  const [text, setText] = useState(keep.last_name ?? keep.first_name ?? "");
  const sought = useLater(text);
  const found = useLoad((signal) => findContacts(sought, keep.id, signal), [keep.id, sought]);
  return (
    <section class="card merge-find">
      <h2>Which contact is the same person?</h2>
      <TextField
        label="Search"
        hint="By name, email or phone."
        type="search"
        value={text}
        onChange={setText}
      />
      <Loading of={found}>
        {(contacts) => (
          <Table
            caption="Contacts that were found"
            rows={contacts}
            keyOf={({ id }) => id}
            empty="Nobody else was found. Search for another word."
            columns={[
              { title: "Name", cell: (one) => <Short text={nameOf(one)} /> },
              { title: "Email", cell: ({ email }) => <Short text={email} /> },
              { title: "Phone", cell: ({ phone }) => <Short text={phone} /> },
              { title: "Added", cell: ({ created_at }) => <Time value={created_at} /> },
              { title: "Choose", cell: (one) => <Choose contact={one} /> },
            ]}
          />
        )}
      </Loading>
    </section>
  );
}

function Choose({ contact }: { contact: Contact }) {
  return (
    <button
      type="button"
      aria-label={`Choose ${nameOf(contact).slice(0, 80)}, ${contact.email ?? "without an email"}`}
      onClick={() => setQuery({ with: contact.id })}
    >
      Choose
    </button>
  );
}

// The text once nobody has typed for a moment.
function useLater(text: string): string {
  const [later, setLater] = useState(text);
  useEffect(() => {
    const timer = setTimeout(() => setLater(text), TYPED_MS);
    return () => clearTimeout(timer);
  }, [text]);
  return later;
}
