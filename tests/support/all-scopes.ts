import type { Api } from "../../shared/auth/api-key.ts";
import { SCOPES as CRM_SCOPES } from "../../shared/dialects/crm-http/scopes.ts";
import { SCOPES as LEADHUB_SCOPES } from "../../shared/dialects/leadhub/scopes.ts";
import { SCOPES as LIO_SCOPES } from "../../shared/dialects/lio/access.ts";

/** All scopes of the keys of each API. */
export const ALL_SCOPES: Readonly<Record<Api, readonly string[]>> = {
  lumenbase: ["admin"],
  leadhub: LEADHUB_SCOPES,
  crm: CRM_SCOPES,
  lio: LIO_SCOPES,
};
