import { write } from "../../http/write.ts";
import { answer } from "./envelope.ts";
import * as z from "zod";
import { uuid } from "../../crm/values/fields.ts";
import type { Plan } from "../../crm/plan.ts";
import { deletion, domainError } from "../../crm/records.ts";
import { lazy } from "../../memory/lazy.ts";
import type { CreatableResource, UpdatableResource, WritableResource } from "../../crm/resource.ts";
import { collectMistakes, requireChanges, validated } from "../../refusals/validation.ts";
import { jsonBody, SINGLE_LIMIT } from "../../http/body.ts";
import type { Call, Outcome } from "../../http/call.ts";
import { dryRunParameter, rehearsal } from "./dry-run.ts";
import type { LumenbaseOperation } from "./contract.ts";
import { parseQuery } from "../../http/query.ts";

const writeParameters = lazy(() => z.strictObject({ dry_run: dryRunParameter() }));
const writeByIdParameters = lazy(() => z.strictObject({ id: uuid(), dry_run: dryRunParameter() }));

/** POST: makes a record; 201, or 200 when the resource updates the record that has its key. */
export function create(resource: CreatableResource): LumenbaseOperation {
  return {
    kind: "write",
    body: jsonBody(SINGLE_LIMIT),
    get contract() {
      return {
        action: "create" as const,
        resource,
        parameters: writeParameters(),
        body: resource.create,
        answer: resource.created,
        matchedBy: resource.matchedBy,
        counts: resource.counts,
      };
    },
    run(call) {
      const [{ dry_run }, fields] = collectMistakes(
        () => parseQuery(writeParameters(), call.query),
        () => validated(resource.create, call.object()),
      );
      return runPlan(call, resource, resource.creation(fields), dry_run);
    },
  };
}

/** PATCH: changes the given fields of the record of `?id=`; null clears, absent fields stay. */
export function update(resource: UpdatableResource): LumenbaseOperation {
  return {
    kind: "write",
    body: jsonBody(SINGLE_LIMIT),
    get contract() {
      const parameters = writeByIdParameters();
      return { action: "update" as const, resource, parameters, body: resource.update };
    },
    run(call) {
      const [{ id, dry_run }, fields] = collectMistakes(
        () => parseQuery(writeByIdParameters(), call.query),
        () => requireChanges(resource.update, call.object()),
      );
      return runPlan(call, resource, resource.change(id, fields), dry_run);
    },
  };
}

/** DELETE: removes the record of `?id=`; records linked to it stay, with the link cleared. */
export function remove(resource: WritableResource): LumenbaseOperation {
  return {
    kind: "write",
    get contract() {
      return { action: "delete" as const, resource, parameters: writeByIdParameters() };
    },
    run(call) {
      const { id, dry_run } = parseQuery(writeByIdParameters(), call.query);
      return runPlan(call, resource, deletion(resource, id), dry_run);
    },
  };
}

/** Writes a record as planned, and answers what became of it; refusals are told as the constraints say. */
export async function runPlan(
  call: Call,
  resource: Pick<WritableResource, "constraints">,
  { statements, before, result }: Plan,
  dryRun: boolean,
): Promise<Outcome> {
  const looking = dryRun && before ? [before] : [];
  try {
    return await write(call, [...looking, ...statements], (rows) => {
      const written = result(rows.slice(looking.length));
      if (!dryRun) return answer(call, written.outcome === "created" ? 201 : 200, written.data);
      return answer(call, 200, rehearsal(written, looking.length > 0 ? rows[0]?.[0] : undefined));
    }, dryRun);
  } catch (error) {
    throw domainError(resource, error);
  }
}
