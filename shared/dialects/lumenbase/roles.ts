import * as z from "zod";
import { deletionOfRoles, roleDeletion, roles } from "../../crm/roles.ts";
import { uuid } from "../../crm/values/fields.ts";
import { parseQuery } from "../../http/query.ts";
import { lazy } from "../../memory/lazy.ts";
import { InvalidInput } from "../../refusals/errors.ts";
import type { LumenbaseOperation } from "./contract.ts";
import { dryRunParameter } from "./dry-run.ts";
import { runPlan } from "./record-operations.ts";

const parameters = lazy(() =>
  z.strictObject({ id: uuid(), replace_with: uuid().optional(), dry_run: dryRunParameter() })
);

/** DELETE: removes the role of `?id=`, of the workspace's own; its users get that of `?replace_with=`. */
export const deleteRole: LumenbaseOperation = {
  kind: "write",
  get contract() {
    return { action: "delete" as const, resource: roles, parameters: parameters() };
  },
  run(call) {
    const { id, replace_with = null, dry_run } = parseQuery(parameters(), call.query);
    if (replace_with === id) {
      const message = "Must be the id of another role.";
      throw new InvalidInput([{ field: "replace_with", message }]);
    }
    return runPlan(call, deletionOfRoles, roleDeletion(id, replace_with), dry_run);
  },
};
