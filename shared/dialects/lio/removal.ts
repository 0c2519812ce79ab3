import * as z from "zod";
import type { Chosen, Work } from "../../crm/bulk.ts";
import type { WritableResource } from "../../crm/resource.ts";
import type { View } from "../../crm/views/view.ts";
import type { Call } from "../../http/call.ts";
import { noParameters } from "../../http/query.ts";
import { lazy } from "../../memory/lazy.ts";
import { InvalidInput } from "../../refusals/errors.ts";
import { collectMistakes, validated } from "../../refusals/validation.ts";
import { deletedAnswer, workOn } from "./bulk.ts";
import type { LioCaller } from "./caller.ts";
import type { LioOperation } from "./contract.ts";
import { answer } from "./envelope.ts";
import type { Listing } from "./lists.ts";
import { objectOf, OPTIONAL_BODY, pathNumber, readQuery } from "./reading.ts";
import { oneRecord } from "./schemas.ts";
import { selectionFields, selectionOf, waysToChoose } from "./selection.ts";

/** The id in a path that stands for those that the body chooses. */
const MANY = /^0+$/;

/** What is deleted, one by one or many at once. */
interface Removed {
  view: View<WritableResource>;
  listing: Listing;
  work: Work;
  /** `Contact`, `contacts`. */
  names: { id: string; plural: string };
}

/** DELETE with an id in its path: that record, or those that the body chooses if it is 0. */
export function removeOneOrMany(removed: Removed): LioOperation {
  // With an id in the path, nothing else.
  const body = bodyOf(removed.listing, [...waysToChoose(), { maxProperties: 0 }]);
  return operation(removed, `delete${removed.names.id}`, body, (call) => {
    const isMany = MANY.test(call.params.id ?? "");
    const number = isMany ? 0 : pathNumber(call, "id");
    const given = optionalBody(call);
    if (isMany) return selectionOf(removed.view, removed.listing, validated(body(), given), call);
    const fields = Object.keys(given).map((field) => ({
      field,
      message: "Must not be given with an id in the path.",
    }));
    if (fields.length > 0) throw new InvalidInput(fields);
    return { numbers: [number] };
  });
}

/** DELETE: the records that the body chooses. */
export function removeMany(removed: Removed): LioOperation {
  const { view, listing, names: { plural } } = removed;
  const id = `delete${plural.charAt(0).toUpperCase()}${plural.slice(1)}`;
  const body = bodyOf(listing, waysToChoose());
  return operation(
    removed,
    id,
    body,
    (call) => selectionOf(view, listing, validated(body(), optionalBody(call)), call),
  );
}

function operation(
  { view, work, names: { plural } }: Removed,
  id: string,
  body: () => z.ZodObject,
  chosenBy: (call: Call<LioCaller>) => Chosen | Promise<Chosen>,
): LioOperation {
  return {
    kind: "write",
    body: OPTIONAL_BODY,
    get contract() {
      return {
        id,
        summary: `Delete ${plural}`,
        body: body(),
        answers: { 200: oneRecord(deletedAnswer()) },
        refusals: ["not_found" as const],
      };
    },
    async run(call) {
      const [, chosen] = collectMistakes(
        () => readQuery(call, noParameters()),
        () => chosenBy(call),
      );
      return await workOn(
        call,
        view.resource,
        { chosen: await chosen, work, lock: "deletion" },
        ({ updated, not_found }) =>
          answer(200, { deleted: updated, not_found }, `${capital(plural)} deleted`),
      );
    },
  };
}

function bodyOf(listing: Listing, anyOf: readonly object[]) {
  return lazy(() => z.strictObject(selectionFields(listing)).meta({ anyOf }));
}

function optionalBody(call: Call<LioCaller>) {
  return call.text === "" ? {} : objectOf(call);
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
