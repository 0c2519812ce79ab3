import type { Operation } from "../../http/operation.ts";
import type { Contract } from "../../openapi/contract.ts";
import type { LeadHubCaller } from "./caller.ts";

export type { Contract } from "../../openapi/contract.ts";

/** An operation of this API. */
export type LeadHubOperation = Operation<LeadHubCaller, Contract>;
