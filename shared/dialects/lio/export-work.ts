import { type Asker, exportWork } from "../../bulk/export-work.ts";
import { loadRegistries } from "../../crm/values/registries.ts";
import { GiveUp, type Work } from "../../jobs/work.ts";
import { InvalidInput } from "../../refusals/errors.ts";
import { validated } from "../../refusals/validation.ts";
import { DEFAULT_LIMIT, type LioCaller } from "./caller.ts";
import { customColumn, EXPORTED } from "./export-columns.ts";
import { chosenBy, filtersOf } from "./selection.ts";

/** The work of jobs that write exports. Records that were made later are not among them. */
const work: Work = exportWork(async (stored, asker) => {
  await loadRegistries();
  const { view, listing, columns, keyed } = EXPORTED[stored.export_type];
  try {
    const filters = validated(filtersOf(listing), stored.filters);
    const { conditions, search } = await chosenBy(listing, filters, {
      caller: callerOf(asker),
      workspace: asker.workspace,
    });
    const before = { is: "before" as const, column: "created_at", value: stored.created_at };
    return {
      view,
      columns,
      conditions: [...conditions, before],
      search,
      keyColumn: customColumn,
      ...keyed === undefined ? {} : { keyed },
    };
  } catch (error) {
    if (!(error instanceof InvalidInput)) throw error;
    throw new GiveUp("Its filters are none of the list's any more.");
  }
});

export default work;

function callerOf({ workspace, userId, number, email, role }: Asker): LioCaller {
  const user = { workspaceId: workspace.id, userId, number, email, role, sessionId: "" };
  return {
    workspaceId: workspace.id,
    actor: { kind: "user", id: userId },
    scopes: [],
    userRole: role,
    user,
    // A job counts towards none.
    limit: { subject: userId, limit: DEFAULT_LIMIT, seconds: 60, name: "none", policy: "none" },
  };
}
