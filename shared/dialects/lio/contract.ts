import type { Operation } from "../../http/operation.ts";
import type { Contract } from "../../openapi/contract.ts";
import type { LioCaller } from "./caller.ts";

/** An operation of this API. */
export type LioOperation = Operation<LioCaller, Contract>;
