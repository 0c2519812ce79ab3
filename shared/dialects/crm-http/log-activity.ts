import { written } from "../../operations/written.ts";
import * as z from "zod";
import { activityLogging, TASK, taskLogging } from "../../crm/logged.ts";
import type { Fields } from "../../crm/plan.ts";
import { bodySchema, creationOf } from "../../crm/views/body.ts";
import { shownRecord, writeThenSelect } from "../../crm/views/statements.ts";
import { given } from "../../crm/views/view.ts";
import { jsonBody, SINGLE_LIMIT } from "../../http/body.ts";
import type { Call } from "../../http/call.ts";
import { noParameters } from "../../http/query.ts";
import { lazy } from "../../memory/lazy.ts";
import { type FieldError, InvalidInput, RecordNotFound } from "../../refusals/errors.ts";
import { collectMistakes, fieldMessage } from "../../refusals/validation.ts";
import { activity } from "./activity-view.ts";
import type { CrmOperation } from "./contract.ts";
import { objectOf } from "./entity.ts";
import { answer } from "./envelope.ts";
import { linkChecks } from "../../crm/views/links.ts";
import { readQuery } from "./parameters.ts";
import { pathId } from "./path-id.ts";
import { task } from "./task-view.ts";

const TASK_ONLY = ["dueDate", "priority", "ownerId"] as const;

const body = lazy(() => {
  const ofTask = bodySchema(task, "creation").pick({
    dueDate: true,
    priority: true,
    ownerId: true,
  });
  return bodySchema(activity, "creation").extend(ofTask.shape);
});

/** POST: makes an activity, or of type `task` a task; 201. `parameter` is the lead's in the path. */
export function logActivity(id: string, parameter?: string): CrmOperation {
  return {
    kind: "write",
    body: jsonBody(SINGLE_LIMIT),
    get contract() {
      return {
        id,
        summary: parameter ? "Log an activity on a lead" : "Log an activity or a task",
        body: body(),
        answers: { 201: z.union([activity.schema, task.schema]) },
        ...(parameter ? { refusals: ["not_found" as const] } : {}),
      };
    },
    async run(call) {
      const leadId = parameter && pathId(call, parameter);
      const [, values] = collectMistakes(
        () => readQuery(call, noParameters()),
        () => read(call, leadId),
      );
      const isTask = values.type === TASK;
      const [view, logging] = isTask ? [task, taskLogging] : [activity, activityLogging];
      const { columns } = given(view, isTask ? asTask(values) : values);
      const logged = writeThenSelect(view, logging(columns));
      const statements = [...linkChecks(view, columns), ...logged];
      return await written(call, view, statements, (rows) => {
        return answer(201, shownRecord(view, "", rows));
      }).catch((error: unknown) => {
        const isLead = error instanceof InvalidInput && error.fields.some(ofLead);
        throw leadId !== undefined && isLead ? new RecordNotFound("lead", leadId) : error;
      });
    },
  };
}

const ofLead = ({ field }: { field: string }) => field === "leadId";

function read(call: Call, leadId: string | undefined): Fields {
  const values = creationOf(body(), objectOf(call));
  const refused = values.type === TASK ? ["occurredAt"] : TASK_ONLY;
  const mistakes = refused.filter((field) => values[field] !== undefined).map((field) => ({
    field,
    message: values.type === TASK ? "A task has none." : "Only type task has it.",
  }));
  mistakes.push(...wrongDescription(values));
  if (leadId !== undefined && (values.leadId ?? leadId) !== leadId) {
    mistakes.push({ field: "leadId", message: "Must be the lead of the path." });
  }
  if (mistakes.length > 0) throw new InvalidInput(mistakes);
  return leadId === undefined ? values : { ...values, leadId };
}

// What a task takes is shorter.
function wrongDescription({ type, body: text }: Fields): FieldError[] {
  if (type !== TASK) return [];
  const { error } = bodySchema(task, "creation").shape.description.safeParse(text);
  return error === undefined ? [] : [{ field: "body", message: fieldMessage(error) }];
}

function asTask({ subject, body: description, ...values }: Fields): Fields {
  return { ...values, title: subject, ...(description === undefined ? {} : { description }) };
}
