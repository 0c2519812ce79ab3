import { type Endpoint, endpoint as endpointOf } from "../../http/endpoint.ts";
import type { LumenbaseCaller } from "./caller.ts";
import { lumenbase } from "./dialect.ts";

/** Starts the declaration of a function of the native API; `export default` it. */
export function endpoint(name: string): Endpoint<LumenbaseCaller> {
  return endpointOf(name, lumenbase);
}
