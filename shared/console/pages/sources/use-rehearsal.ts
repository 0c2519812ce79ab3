import { useEffect, useState } from "preact/hooks";
import { ApiError } from "../../api-error.ts";
import type { FieldMap } from "./connectors.ts";
import { type Rehearsal, rehearse } from "./deliveries.ts";

const TYPED_MS = 500;
const AGAIN_MS = 5_000;

/** What a map gives of a delivery: the last answer stays while another one is asked for. */
export interface Tried {
  events?: readonly Rehearsal[];
  error?: ApiError;
}

/** Tries a field map on a delivery, once it has not changed for a moment. */
export function useRehearsal(deliveryId: string | null, fieldMap: FieldMap): Tried {
  const [tried, setTried] = useState<Tried>({});
  const text = JSON.stringify(fieldMap);
  useEffect(() => {
    if (deliveryId === null) return;
    const abort = new AbortController();
    let timer: ReturnType<typeof setTimeout>;
    const run = async () => {
      try {
        const events = await rehearse(deliveryId, fieldMap, abort.signal);
        if (!abort.signal.aborted) setTried({ events });
      } catch (error) {
        if (abort.signal.aborted || !(error instanceof ApiError)) return;
        setTried({ error });
        if (error.status === 429) timer = setTimeout(run, AGAIN_MS);
      }
    };
    timer = setTimeout(run, TYPED_MS);
    return () => {
      clearTimeout(timer);
      abort.abort();
    };
  }, [deliveryId, text]);
  return tried;
}
