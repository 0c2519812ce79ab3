import * as z from "zod";
import { EXPORT_TYPES, type ExportType } from "../../crm/exports.ts";
import type { Fields } from "../../crm/plan.ts";
import { lazy } from "../../memory/lazy.ts";
import type { Asking } from "../../operations/filters.ts";
import { validated } from "../../refusals/validation.ts";
import type { LioCaller } from "./caller.ts";
import { EXPORTED } from "./export-columns.ts";
import { chosenBy, filtersOf } from "./selection.ts";

const exportType = lazy(() => z.enum(EXPORT_TYPES, `Must be one of ${EXPORT_TYPES.join(", ")}`));

const bodies = lazy(() =>
  new Map(EXPORT_TYPES.map((type) => [
    type,
    z.strictObject({ export_type: exportType(), filters: filters(type).optional() }),
  ]))
);

function filters(type: ExportType) {
  return filtersOf(EXPORTED[type].listing);
}

/** What is to be exported; the filters are those of the list of its type. */
export const exportBody = lazy(() => {
  const ofLists = EXPORT_TYPES.map((type) => filters(type).shape);
  const all = Object.assign({}, ...ofLists, { company_id: filters("companies").shape.company_id });
  return z.strictObject({ export_type: exportType(), filters: z.strictObject(all).optional() })
    .meta({ anyOf: EXPORT_TYPES.map((type) => ofType(type, Object.keys(all))) });
});

// As JSON Schema: one list lacks filters of others, and that of contacts takes one company.
function ofType(type: ExportType, names: readonly string[]): object {
  const own = filters(type).shape;
  const others = names.filter((name) => !Object.hasOwn(own, name));
  const company = { type: ["integer", "string"], minimum: 0, pattern: "^\\d+$" };
  const properties = {
    ...Object.fromEntries(others.map((name) => [name, { not: {} }])),
    ...type === "contacts" ? { company_id: company } : {},
  };
  return { properties: { export_type: { const: type }, filters: { properties } } };
}

/** What a body asks to export. */
export interface GivenExport {
  type: ExportType;
  /** As they were given. */
  filters: Fields;
  /** Throws InvalidInput for filters that exclude one another. */
  check(asking: Asking<LioCaller>): Promise<void>;
}

/** Reads what is to be exported. Throws InvalidInput. */
export function readExport(body: Fields): GivenExport {
  const type = EXPORT_TYPES.find((one) => one === body.export_type);
  const schema = type === undefined ? exportBody() : bodies().get(type) ?? exportBody();
  const given = validated(schema, body);
  const { listing } = EXPORTED[given.export_type];
  return {
    type: given.export_type,
    filters: Object(body.filters ?? {}),
    async check(asking) {
      await chosenBy(listing, { ...given.filters }, asking);
    },
  };
}
