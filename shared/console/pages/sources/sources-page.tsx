import { useEffect, useState } from "preact/hooks";
import { useLoad } from "../../load.ts";
import { query, setQuery } from "../../router.ts";
import { TextField } from "../../ui/fields.tsx";
import { Loading } from "../../ui/loading.tsx";
import { Page } from "../../ui/page.tsx";
import { type Column, Table } from "../../ui/table.tsx";
import { Time } from "../../ui/values.tsx";
import { type Connector, connectorPage, type Preset, presets } from "./connectors.ts";
import { FormList } from "./forms/form-list.tsx";
import { pageIn, Pager } from "../../ui/pager.tsx";
import { providerTitle } from "./source.ts";

const SEARCHED_MS = 250;

/** The connectors and the forms by which leads come in. */
export function SourcesPage() {
  return (
    <Page
      title="Sources"
      actions={
        <>
          <a class="button primary" href="#/sources/new">New source</a>
          <a class="button" href="#/sources/forms/new">New form</a>
        </>
      }
    >
      <section class="part" aria-labelledby="connectors">
        <h2 id="connectors">From providers and other senders</h2>
        <Connectors />
      </section>
      <section class="part" aria-labelledby="forms">
        <h2 id="forms">From forms on your own pages</h2>
        <FormList />
      </section>
    </Page>
  );
}

function Connectors() {
  const page = pageIn();
  const search = query.value.get("search") ?? "";
  const all = useLoad(
    async (signal) => {
      const [connectors, known] = await Promise.all([
        connectorPage(page, search, signal),
        presets(),
      ]);
      return { connectors, presets: known };
    },
    [page, search],
  );
  return (
    <>
      <Search value={search} />
      <Loading of={all}>
        {({ connectors: { items, pagination }, presets: known }) => (
          <>
            <Table
              caption="Sources"
              rows={items}
              keyOf={({ id }) => id}
              columns={columns(known)}
              empty={search ? <p>No source is called so.</p> : (
                <p>
                  No source yet. <a href="#/sources/new">Make one</a>{" "}
                  and paste its address at your form provider, shop or support tool.
                </p>
              )}
            />
            <Pager what="sources" page={page} total={pagination.total} />
          </>
        )}
      </Loading>
    </>
  );
}

function Search({ value }: { value: string }) {
  const [text, setText] = useState(value);
  useEffect(() => {
    if (text === value) return;
    const timer = setTimeout(() => setQuery({ search: text, page: null }), SEARCHED_MS);
    return () => clearTimeout(timer);
  }, [text]);
  return (
    <form role="search" class="filters" onSubmit={(event) => event.preventDefault()}>
      <TextField label="Search sources" type="search" value={text} onChange={setText} />
    </form>
  );
}

function columns(known: readonly Preset[]): readonly Column<Connector>[] {
  return [
    { title: "Name", cell: ({ id, name }) => <a href={`#/sources/${id}`}>{name}</a> },
    { title: "Provider", cell: ({ preset }) => providerTitle(known, preset) },
    { title: "Becomes", cell: ({ target }) => target === "contact" ? "Contacts" : "Activities" },
    { title: "Made", cell: ({ created_at }) => <Time value={created_at} /> },
  ];
}
