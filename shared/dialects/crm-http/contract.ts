import type { Operation } from "../../http/operation.ts";
import type { Contract } from "../../openapi/contract.ts";
import type { CrmCaller } from "./caller.ts";

/** An operation of this API. */
export type CrmOperation = Operation<CrmCaller, Contract>;
