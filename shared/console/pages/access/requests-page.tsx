import { native } from "../../api.ts";
import { useLoad, usePolling } from "../../load.ts";
import { query } from "../../router.ts";
import { Loading } from "../../ui/loading.tsx";
import { type Column, Table } from "../../ui/table.tsx";
import { Badge, numberText } from "../../ui/values.tsx";
import { AccessPage } from "./access-page.tsx";
import { Paging } from "./paging.tsx";
import { RequestFilters } from "./request-filters.tsx";
import { apiName } from "./scopes.ts";
import type { Key, LoggedRequest } from "./types.ts";

interface Log {
  data: { items: LoggedRequest[]; pagination: { next_cursor: string | null } };
}

const EACH_MS = 5_000;
const MOMENT = new Intl.DateTimeFormat(undefined, { dateStyle: "short", timeStyle: "medium" });

/** The requests of the last 7 days. */
export function RequestsPage() {
  const asked = askedFor(query.value);
  const log = useLoad(
    (signal) => native.get<Log>("v1-public-requests", { ...asked, per_page: 50 }, signal),
    [asked],
  );
  usePolling(log, EACH_MS);
  const names = useLoad(namesOf, []);
  return (
    <AccessPage title="Requests">
      <p class="quiet">
        Every request of the last 7 days that came with a key or from a user, a second or two after
        its answer. What was sent and answered is not kept.
      </p>
      <RequestFilters keys={names.data?.keys ?? []} users={names.data?.users ?? []} />
      <Loading of={log}>
        {({ data: { items, pagination } }) => (
          <>
            <Table
              caption="Requests, newest first"
              rows={items}
              columns={columns(names.data)}
              keyOf={({ id }) => id}
              empty={<p>No request fits. Requests appear here by themselves.</p>}
            />
            <Paging next={pagination.next_cursor} name="requests" />
          </>
        )}
      </Loading>
    </AccessPage>
  );
}

function askedFor(given: URLSearchParams) {
  const outcome = given.get("outcome") ?? "";
  return {
    api_key_id: given.get("key"),
    user_id: given.get("user"),
    since: given.get("since"),
    until: given.get("until"),
    api: given.get("api"),
    path: given.get("path"),
    cursor: given.get("cursor"),
    ...(outcome === "failed" ? { errors: true } : { status: outcome }),
  };
}

type User = { id: string; name: string };

interface Names {
  keys: Key[];
  users: User[];
  of: ReadonlyMap<string, string>;
}

async function namesOf(signal: AbortSignal): Promise<Names> {
  const [{ data: { items: keys } }, { data: { items: users } }] = await Promise.all([
    native.get<{ data: { items: Key[] } }>("v1-public-api-keys", { per_page: 100 }, signal),
    native.get<{ data: { items: User[] } }>("v1-public-users", { per_page: 100 }, signal),
  ]);
  return { keys, users, of: new Map([...keys, ...users].map(({ id, name }) => [id, name])) };
}

function columns(names: Names | undefined): Column<LoggedRequest>[] {
  return [
    { title: "When", cell: ({ at }) => <time dateTime={at}>{MOMENT.format(new Date(at))}</time> },
    {
      title: "Request",
      cell: ({ method, path }) => (
        <code class="clamped" dir="ltr" title={path}>{`${method} ${path}`}</code>
      ),
    },
    { title: "API", cell: ({ api }) => <span class="whole">{apiName(api)}</span> },
    { title: "Status", cell: Status },
    { title: "ms", isNumber: true, cell: ({ ms }) => numberText(ms) },
    {
      title: "Who",
      cell: ({ actor_id, actor_kind }) => (
        <span class="clamped" dir="auto">
          {names?.of.get(actor_id) ?? KINDS[actor_kind] ?? actor_kind}
        </span>
      ),
    },
    {
      title: "Request id",
      cell: ({ request_id }) => <code class="clamped" title={request_id}>{request_id}</code>,
    },
  ];
}

const KINDS: Readonly<Record<string, string>> = {
  key: "A key",
  user: "A user",
  connector: "A source",
  form: "A form",
};

function Status({ status, error_code }: LoggedRequest) {
  const tone = status >= 500 ? "bad" : status >= 400 ? "warn" : "good";
  return (
    <>
      <Badge tone={tone}>{status}</Badge> {error_code && <span class="quiet">{error_code}</span>}
    </>
  );
}
