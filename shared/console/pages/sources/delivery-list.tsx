import { useLoad, usePolling } from "../../load.ts";
import { query, setQuery } from "../../router.ts";
import { SelectField } from "../../ui/fields.tsx";
import { Loading } from "../../ui/loading.tsx";
import { type Column, Table } from "../../ui/table.tsx";
import { numberText, Time } from "../../ui/values.tsx";
import { Becoming, STATUS_CHOICES } from "./becoming.tsx";
import type { Connector, Paged } from "./connectors.ts";
import { type Delivery, deliveryPage } from "./deliveries.ts";
import { pageIn, Pager } from "../../ui/pager.tsx";
import { ReplayAll } from "./replay-all.tsx";

// Two requests a time: a user has 600 a minute, unless the server says otherwise.
const EACH_MS = 6_000;
const CHOICES = [["", "All"], ...STATUS_CHOICES] as const;

/** What came through a connector, live. */
export function DeliveryList(
  { connector: { id }, setup }: { connector: Connector; setup: string | null },
) {
  const status = query.value.get("status") ?? "";
  const page = pageIn();
  const deliveries = useLoad((signal) => loaded(id, status, page, signal), [id, status, page]);
  usePolling(deliveries, EACH_MS);
  return (
    <section class="part" aria-labelledby="deliveries">
      <h2 id="deliveries">What came through it</h2>
      <div class="filters">
        <SelectField
          label="Show"
          value={status}
          onChange={(next) => setQuery({ status: next, page: null })}
          choices={CHOICES}
        />
      </div>
      <ReplayAll
        connectorId={id}
        failed={deliveries.data?.failed ?? 0}
        onDone={deliveries.reload}
      />
      <Loading of={deliveries}>
        {({ listed: { items, pagination }, failed }) => (
          <>
            <p role="status" class="quiet">
              {numberText(pagination.total)} {status === "" ? "in the last 30 days" : "such"},{" "}
              {failed === 0 ? "none failed" : `${numberText(failed)} failed`}. New ones appear here.
            </p>
            <Table
              caption="What came through it"
              rows={items}
              keyOf={(delivery) => delivery.id}
              columns={columns(id)}
              empty={status === ""
                ? <Nothing setup={setup} />
                : <p>Nothing that came through is so.</p>}
            />
            <Pager what="deliveries" page={page} total={pagination.total} />
          </>
        )}
      </Loading>
    </section>
  );
}

function Nothing({ setup }: { setup: string | null }) {
  return (
    <>
      <p>Nothing has come through yet.</p>
      <p>{setup ?? "Have the sender POST JSON, or a form, to the address of this source."}</p>
    </>
  );
}

async function loaded(
  connector_id: string,
  status: string,
  page: number,
  signal: AbortSignal,
): Promise<{ listed: Paged<Delivery>; failed: number }> {
  const [listed, failed] = await Promise.all([
    deliveryPage({ connector_id, status, page }, signal),
    deliveryPage({ connector_id, status: "failed", per_page: 1 }, signal),
  ]);
  return { listed, failed: failed.pagination.total };
}

function columns(connectorId: string): readonly Column<Delivery>[] {
  return [
    {
      title: "Came",
      cell: ({ id, created_at }) => (
        <a href={`#/sources/${connectorId}/deliveries/${id}`}>
          <Time value={created_at} />
        </a>
      ),
    },
    { title: "Who", cell: ({ mapped }) => who(mapped) },
    { title: "What became of it", cell: (delivery) => <Becoming delivery={delivery} /> },
    { title: "Tries", cell: ({ attempts }) => numberText(attempts), isNumber: true },
  ];
}

/** The person of an event, as far as the field map found one. */
function who(mapped: Delivery["mapped"]): string {
  const named = ["email", "entity_email", "phone", "contact_phone", "last_name", "first_name"]
    .map((field) => mapped?.[field]).find((value) => typeof value === "string");
  return typeof named === "string" ? named : "–";
}
