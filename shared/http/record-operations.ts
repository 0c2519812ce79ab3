import { z } from "zod";
import { InvalidInput } from "../crm/errors.ts";
import { uuid } from "../crm/fields.ts";
import { List, listParameters } from "../crm/list.ts";
import { brokenRule, deleteRecord, selectRecord, theRecord, updateRecord } from "../crm/records.ts";
import type { Resource } from "../crm/resource.ts";
import { both, validated } from "../crm/validation.ts";
import { SINGLE_LIMIT } from "./body.ts";
import type { Call } from "./call.ts";
import type { Operation } from "./operation.ts";
import { parseQuery } from "./query.ts";

const byId = z.strictObject({ id: uuid });

/** GET: the record of `?id=`, or a page of the list. */
export function retrieveOrList(resource: Resource): Operation {
  const parameters = listParameters(resource);
  return {
    kind: "read",
    async run(call) {
      if (call.query.has("id")) {
        const { id } = parseQuery(byId, call.query);
        const [rows] = await call.read([selectRecord(resource, id)]);
        return call.answer(200, theRecord(resource, id, rows));
      }
      const list = new List(resource, call.caller.workspaceId, parseQuery(parameters, call.query));
      return call.answer(200, list.page(await call.read(list.statements())));
    },
  };
}

/** PATCH: changes the given fields of the record of `?id=`; null clears, absent fields stay. */
export function update(resource: Resource): Operation {
  const changeable = Object.keys(resource.update.shape).join(", ");
  return {
    kind: "write",
    bodyLimit: SINGLE_LIMIT,
    async run(call) {
      const [{ id }, fields] = both(
        () => parseQuery(byId, call.query),
        () => validated(resource.update, call.object()),
      );
      if (Object.keys(fields).length === 0) {
        throw new InvalidInput([{ field: "body", message: `Give at least one of ${changeable}.` }]);
      }
      return await checked(resource, () =>
        call.write(
          [updateRecord(resource, id, fields)],
          ([rows]) => call.answer(200, theRecord(resource, id, rows)),
        ));
    },
  };
}

/** DELETE: removes the record of `?id=`; records linked to it stay, with the link cleared. */
export function remove(resource: Resource): Operation {
  return {
    kind: "write",
    run(call: Call) {
      const { id } = parseQuery(byId, call.query);
      return call.write([deleteRecord(resource, id)], ([rows]) => {
        theRecord(resource, id, rows);
        return call.answer(200, { deleted: true, id });
      });
    },
  };
}

async function checked<T>(resource: Resource, write: () => Promise<T>): Promise<T> {
  try {
    return await write();
  } catch (error) {
    throw brokenRule(resource, error);
  }
}
