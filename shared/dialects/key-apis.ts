import { SCOPES as LUMENBASE_SCOPES } from "../crm/scopes.ts";
import type { KeyApis } from "../crm/keys/key-api.ts";
import { DEFAULT_LIMIT as CRM_LIMIT } from "./crm-http/caller.ts";
import { SCOPES as CRM_SCOPES } from "./crm-http/scopes.ts";
import { DEFAULT_LIMIT as LEADHUB_LIMIT } from "./leadhub/caller.ts";
import { SCOPES as LEADHUB_SCOPES } from "./leadhub/scopes.ts";
import { SCOPES as LIO_SCOPES } from "./lio/access.ts";
import { DEFAULT_LIMIT as LIO_LIMIT } from "./lio/caller.ts";

/** The keys of each API, for whoever makes keys. */
export const KEY_APIS: KeyApis = {
  lumenbase: { title: "Lumenbase", scopes: LUMENBASE_SCOPES },
  leadhub: {
    title: "LeadHub",
    scopes: LEADHUB_SCOPES,
    rate: { window: "hour", default: LEADHUB_LIMIT },
  },
  crm: {
    title: "CRM HTTP API",
    scopes: CRM_SCOPES,
    rate: { window: "minute", default: CRM_LIMIT },
  },
  lio: {
    title: "LIO",
    scopes: LIO_SCOPES,
    rate: { window: "minute", default: LIO_LIMIT },
    hasDomains: true,
  },
};
