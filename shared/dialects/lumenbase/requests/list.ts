import * as z from "zod";
import { decodeCursor, encodeCursor } from "../../../crm/lists/cursor.ts";
import { LOGGED_APIS, requests, selectRequests } from "../../../crm/requests.ts";
import { uuid } from "../../../crm/values/fields.ts";
import { instant } from "../../../crm/values/instant.ts";
import { wholeNumber } from "../../../http/paging.ts";
import { parseQuery } from "../../../http/query.ts";
import { lazy } from "../../../memory/lazy.ts";
import { InvalidInput } from "../../../refusals/errors.ts";
import { notOneOf } from "../../../refusals/validation.ts";
import type { LumenbaseOperation } from "../contract.ts";
import { answer } from "../envelope.ts";

const STATUS = "Must be a status, such as 404, or 4xx for all from 400 to 499";

const parameters = lazy(() =>
  z.strictObject({
    per_page: wholeNumber(100).default(25).meta({ default: 25 }),
    cursor: z.string().max(4096, "Must be a next_cursor of this list").optional(),
    api_key_id: uuid().optional(),
    user_id: uuid().optional(),
    api: z.enum(LOGGED_APIS, { error: ({ input }) => notOneOf(input, LOGGED_APIS) }).optional(),
    status: z.string().regex(/^[1-5](?:\d\d|xx)$/, STATUS).meta({ examples: ["404", "4xx"] })
      .optional(),
    errors: z.enum(["true", "false"], "Must be true or false").default("false")
      .transform((given) => given === "true"),
    since: instant().optional(),
    until: instant().optional(),
    path: z.string().min(1, "Must not be empty; leave the parameter out")
      .max(200, "Must have at most 200 characters").optional(),
  })
);

/** GET: requests of the last 7 days, newest first. */
export const listRequests: LumenbaseOperation = {
  kind: "read",
  get contract() {
    return { action: "log" as const, resource: requests, parameters: parameters() };
  },
  async run(call) {
    const { cursor, per_page, ...filter } = parseQuery(parameters(), call.query);
    const list = JSON.stringify([call.caller.workspaceId, requests.name, filter]);
    const statement = selectRequests(filter, per_page + 1, placeOf(list, cursor));
    const [rows = []] = await call.workspace.read([statement]);
    const items = rows.slice(0, per_page);
    const last = rows.length > per_page ? items.at(-1) : undefined;
    const next_cursor = last === undefined
      ? null
      : encodeCursor(list, { value: String(last.at), id: String(last.id), page: 1 });
    return answer(call, 200, { items, pagination: { per_page, next_cursor } });
  },
};

function placeOf(list: string, cursor: string | undefined) {
  if (cursor === undefined) return undefined;
  const place = decodeCursor(list, cursor);
  if (place !== null) return { at: place.value, id: place.id };
  const message = "Must be a next_cursor of this list, with the same filters.";
  throw new InvalidInput([{ field: "cursor", message }]);
}
