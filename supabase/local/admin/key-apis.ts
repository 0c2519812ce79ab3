import type { Api } from "../../../shared/auth/api-key.ts";
import { DEFAULT_LIMIT as CRM_LIMIT } from "../../../shared/dialects/crm-http/caller.ts";
import { SCOPES as CRM_SCOPES } from "../../../shared/dialects/crm-http/scopes.ts";
import { DEFAULT_LIMIT as LEADHUB_LIMIT } from "../../../shared/dialects/leadhub/caller.ts";
import { SCOPES as LEADHUB_SCOPES } from "../../../shared/dialects/leadhub/scopes.ts";
import { SCOPES as LIO_SCOPES } from "../../../shared/dialects/lio/access.ts";
import { DEFAULT_LIMIT as LIO_LIMIT } from "../../../shared/dialects/lio/caller.ts";
import { SCOPES as LUMENBASE_SCOPES } from "../../../shared/crm/scopes.ts";

/** What the keys of an API may do, and how often. */
export interface KeyApi {
  /** The API as people call it. */
  title: string;
  scopes: readonly string[];
  /** The limit of each key; an API without one counts the requests of the workspace. */
  rate?: { option: string; window: string; default: number };
}

/** The keys of each API. */
export const KEY_APIS: Readonly<Record<Api, KeyApi>> = {
  lumenbase: { title: "Lumenbase", scopes: LUMENBASE_SCOPES },
  leadhub: {
    title: "LeadHub",
    scopes: LEADHUB_SCOPES,
    rate: { option: "requests-per-hour", window: "hour", default: LEADHUB_LIMIT },
  },
  crm: {
    title: "CRM HTTP API",
    scopes: CRM_SCOPES,
    rate: { option: "requests-per-minute", window: "minute", default: CRM_LIMIT },
  },
  lio: {
    title: "LIO",
    scopes: LIO_SCOPES,
    rate: { option: "requests-per-minute", window: "minute", default: LIO_LIMIT },
  },
};
