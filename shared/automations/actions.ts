import * as z from "zod";
import { lazy } from "../memory/lazy.ts";
import { notOneOf } from "../refusals/validation.ts";
import type { Action } from "./action.ts";
import { addTag } from "./actions/add-tag.ts";
import { assignRoundRobin } from "./actions/assign-round-robin.ts";
import { assignUser } from "./actions/assign-user.ts";
import { changeStage } from "./actions/change-stage.ts";
import { changeStatus } from "./actions/change-status.ts";
import { createTask } from "./actions/create-task.ts";
import { removeTag } from "./actions/remove-tag.ts";
import { sendEmail } from "./actions/send-email.ts";
import { sendWebhook } from "./actions/send-webhook.ts";
import { wait } from "./actions/wait.ts";
import { valueOf } from "./conditions.ts";
import type { Link } from "./links.ts";

const MOST_ACTIONS = 20;

/** What an automation does, by the types of its actions. */
const ACTIONS: Readonly<Record<string, Action>> = {
  add_tag: addTag,
  remove_tag: removeTag,
  assign_user: assignUser,
  assign_round_robin: assignRoundRobin,
  change_stage: changeStage,
  change_status: changeStatus,
  create_task: createTask,
  send_webhook: sendWebhook,
  send_email: sendEmail,
  wait,
};

const action = lazy(() => {
  const [first, ...others] = Object.values(ACTIONS).map(({ schema }) => schema);
  if (first === undefined) throw new TypeError("no actions");
  return z.discriminatedUnion("type", [first, ...others], {
    error: ({ code, input }) =>
      code === "invalid_union" ? notOneOf(valueOf(input, "type"), Object.keys(ACTIONS)) : undefined,
  });
});

/** The actions of an automation, in order, as they are given. */
export const actionsSchema = lazy(() =>
  z.array(action()).min(1, "Must have at least one action")
    .max(MOST_ACTIONS, `Must have at most ${MOST_ACTIONS} actions`)
);

/** How an action is taken. */
export function actionOf({ type }: { type: string }): Action {
  const found = Object.hasOwn(ACTIONS, type) ? ACTIONS[type] : undefined;
  if (found === undefined) throw new TypeError(`no action ${type}`);
  return found;
}

/** The records that actions name. */
export function linksOfActions(actions: readonly { type: string }[]): Link[] {
  return actions.flatMap((one, place) => {
    const links = actionOf(one).links?.(one) ?? [];
    return links.map((link) => Object.assign(link, { field: `actions[${place}].${link.field}` }));
  });
}
