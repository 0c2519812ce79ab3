import { native } from "../../api.ts";
import { useLoad } from "../../load.ts";
import { query, setQuery } from "../../router.ts";
import { tell } from "../../toasts.ts";
import { Confirm } from "../../ui/confirm.tsx";
import { SelectField } from "../../ui/fields.tsx";
import { Loading } from "../../ui/loading.tsx";
import { type Column, Table } from "../../ui/table.tsx";
import { Badge, Time } from "../../ui/values.tsx";
import { AccessPage } from "./access-page.tsx";
import { Paging } from "./paging.tsx";
import { RotateKey } from "./rotate-key.tsx";
import { apiName } from "./scopes.ts";
import type { Key } from "./types.ts";

interface Keys {
  data: { items: Key[]; pagination: { next_cursor: string | null } };
}

const TONES = { active: "good", rotating: "warn", expired: "plain", revoked: "plain" } as const;
const STATES = {
  active: "Works",
  rotating: "Being replaced",
  expired: "Expired",
  revoked: "Revoked",
} as const;

/** The API keys of the workspace, of all APIs. */
export function KeysPage() {
  const cursor = query.value.get("cursor");
  const showsAll = query.value.get("show") === "all";
  const keys = useLoad(
    (signal) => native.get<Keys>("v1-public-api-keys", { per_page: 100, cursor }, signal),
    [cursor],
  );
  return (
    <AccessPage
      title="API keys"
      actions={<a class="button primary" href="#/access/keys/new">New key</a>}
    >
      <div class="filters">
        <SelectField
          label="Show"
          value={showsAll ? "all" : ""}
          onChange={(show) => setQuery({ show })}
          choices={[["", "Keys that work"], ["all", "Ended keys as well"]]}
        />
      </div>
      <Loading of={keys}>
        {({ data: { items, pagination } }) => (
          <>
            <Table
              caption="API keys"
              rows={items.filter((key) => showsAll || isAlive(key))}
              columns={columns(keys.reload)}
              keyOf={({ id }) => id}
              empty={<NoKeys />}
            />
            <Paging next={pagination.next_cursor} name="keys" />
          </>
        )}
      </Loading>
    </AccessPage>
  );
}

function NoKeys() {
  return (
    <>
      <p>No key works here.</p>
      <p>
        A key lets a program use an API of this workspace: <a href="#/access/keys/new">make one</a>
        {" "}
        for each program, with no more than it needs.
      </p>
    </>
  );
}

function isAlive({ state }: Key): boolean {
  return state === "active" || state === "rotating";
}

function columns(reload: () => void): Column<Key>[] {
  return [
    {
      title: "Key",
      cell: ({ name, prefix }) => (
        <>
          <strong class="clamped" dir="auto" title={name}>{name}</strong>
          <code class="whole">{prefix}…</code>
        </>
      ),
    },
    { title: "API", cell: ({ api }) => <span class="whole">{apiName(api)}</span> },
    { title: "May", cell: ({ scopes }) => <Tags of={scopes} /> },
    { title: "Last use", cell: LastUse },
    {
      title: "Expires",
      cell: ({ expires_at }) => expires_at ? <Time value={expires_at} /> : "Never",
    },
    { title: "From", cell: From },
    { title: "State", cell: ({ state }) => <Badge tone={TONES[state]}>{STATES[state]}</Badge> },
    { title: "Actions", cell: (key) => <KeyActions of={key} reload={reload} /> },
  ];
}

function LastUse({ id, last_used_at }: Key) {
  if (!last_used_at) return <span class="quiet">Never</span>;
  return (
    <a href={`#/access/requests?key=${id}`}>
      <Time value={last_used_at} />
    </a>
  );
}

function From({ allowed_ips, allowed_domains }: Key) {
  const all = [...allowed_ips ?? [], ...allowed_domains ?? []];
  return all.length === 0 ? <span class="quiet">Anywhere</span> : <Tags of={all} />;
}

const MOST_TAGS = 3;

function Tags({ of }: { of: readonly string[] }) {
  const [first, others] = [of.slice(0, MOST_TAGS), of.slice(MOST_TAGS)];
  const tags = (some: readonly string[]) => some.map((one) => <code key={one}>{one}</code>);
  return (
    <>
      <div class="tags">{tags(first)}</div>
      {others.length > 0 && (
        <details>
          <summary class="quiet">{others.length} more</summary>
          <div class="tags">{tags(others)}</div>
        </details>
      )}
    </>
  );
}

function KeyActions({ of: key, reload }: { of: Key; reload(): void }) {
  if (!isAlive(key)) return <span class="quiet">–</span>;
  const revoke = async () => {
    await native.delete("v1-public-api-keys", { query: { id: key.id } });
    tell(`${key.name} is revoked.`);
    reload();
  };
  return (
    <div class="row-actions">
      {key.state === "active" && <RotateKey of={key} done={reload} />}
      <Confirm
        button="Revoke"
        label={`Revoke ${key.name}`}
        question={`Revoke ${key.name}?`}
        run={revoke}
      >
        <p>
          Whoever uses <code>{key.prefix}…</code>{" "}
          is refused within 10 seconds. This cannot be undone.
        </p>
      </Confirm>
    </div>
  );
}
