import { useState } from "preact/hooks";
import { lio, type LioPage } from "../../api.ts";
import { useLoad } from "../../load.ts";
import { query, setQuery } from "../../router.ts";
import { isAtLeast } from "../../session.ts";
import { Loading } from "../../ui/loading.tsx";
import { Page } from "../../ui/page.tsx";
import { FilterBar } from "./filter-bar.tsx";
import { type Filter, type Given, givenIn, instead } from "./filters.ts";
import { useKept } from "./kept.ts";
import { PAGE_SIZE, pageIn, Pager } from "../../ui/pager.tsx";
import type { RecordList } from "./record-list.ts";
import { Rows } from "./rows.tsx";
import { Views } from "./views.tsx";

const ORDER = ["order_by", "order_in"];

/** A page with a list: views, filters, a page of its records. */
export function ListPage<T extends { id: number }>(
  { list, filters }: { list: RecordList<T>; filters: readonly Filter[] },
) {
  const [isCreating, setCreating] = useState(false);
  const names = [...list.names, ...ORDER];
  const given = givenIn(query.value, names);
  const page = pageIn();
  const create = isAtLeast("rep")
    ? (
      <button type="button" class="primary" onClick={() => setCreating(true)}>
        New {list.one}
      </button>
    )
    : undefined;
  return (
    <Page title={list.title} actions={create}>
      <Views
        module={list.module}
        all={`All ${list.title.toLowerCase()}`}
        names={names}
        given={given}
      />
      <FilterBar filters={filters} given={given} names={names} />
      <Records list={list} given={given} page={page} names={names} />
      {isCreating && list.create(() => setCreating(false))}
    </Page>
  );
}

function Records<T extends { id: number }>(
  { list, given, page, names }: {
    list: RecordList<T>;
    given: Given;
    page: number;
    names: readonly string[];
  },
) {
  const loaded = useKept(
    useLoad(
      async (signal) => {
        const answer = await lio.get<LioPage<T>>(
          list.path,
          { ...given, page, limit: PAGE_SIZE },
          signal,
        );
        return { ...answer, page };
      },
      [list.path, given, page],
    ),
  );
  return (
    <Loading of={loaded}>
      {({ data, total, page: shown }) => (
        <div class="records-list" aria-busy={loaded.isLoading}>
          <Rows
            list={list}
            rows={data}
            reload={loaded.reload}
            empty={<Empty list={list} given={given} total={total} names={names} />}
          />
          <Pager what={list.title.toLowerCase()} page={shown} total={total} />
        </div>
      )}
    </Loading>
  );
}

function Empty<T>(
  { list, given, total, names }: {
    list: RecordList<T>;
    given: Given;
    total: number;
    names: readonly string[];
  },
) {
  if (total > 0) {
    return (
      <>
        <p>This page is behind the last one.</p>
        <button type="button" onClick={() => setQuery({ page: null })}>To the first page</button>
      </>
    );
  }
  if (Object.keys(given).some((name) => !ORDER.includes(name))) {
    return (
      <>
        <p>No {list.one} fits these filters.</p>
        <button
          type="button"
          onClick={() => setQuery({ ...instead(names), view: null, page: null })}
        >
          Show all
        </button>
      </>
    );
  }
  return <>{list.start}</>;
}
