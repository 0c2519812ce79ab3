import { useLoad, usePolling } from "../../load.ts";
import { Failure } from "../../ui/failure.tsx";
import { Becoming } from "./becoming.tsx";
import type { Connector } from "./connectors.ts";
import { deliveryPage } from "./deliveries.ts";

const EACH_MS = 3_000;

/** Waits for what a new connector is sent first, and tells what became of it. */
export function FirstDelivery({ connector: { id } }: { connector: Pick<Connector, "id"> }) {
  const newest = useLoad(
    (signal) => deliveryPage({ connector_id: id, per_page: 1 }, signal),
    [id],
  );
  usePolling(newest, EACH_MS);
  if (newest.error) return <Failure error={newest.error} retry={newest.reload} />;
  const delivery = newest.data?.items[0];
  return (
    <section class="card" aria-labelledby="first">
      <h2 id="first">What has arrived</h2>
      <div role="status">
        {delivery
          ? (
            <>
              <Becoming delivery={delivery} />
              <a href={`#/sources/${id}/deliveries/${delivery.id}`}>
                {delivery.status === "failed" ? "See why, and mend the field map" : "See it"}
              </a>
            </>
          )
          : <p>Waiting for the first event: send a test from the provider.</p>}
      </div>
    </section>
  );
}
