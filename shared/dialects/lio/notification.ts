import * as z from "zod";
import { List } from "../../crm/lists/list.ts";
import { reading, unreadOf } from "../../crm/notifications.ts";
import { statement } from "../../db/sql.ts";
import { rowOf } from "../../db/wire/rows.ts";
import { scope } from "../../http/operation.ts";
import { noParameters } from "../../http/query.ts";
import { router } from "../../http/router.ts";
import { write } from "../../http/write.ts";
import { lazy } from "../../memory/lazy.ts";
import { conditionsOf, filter, filterParameters, type Filters } from "../../operations/filters.ts";
import { collectMistakes, validated } from "../../refusals/validation.ts";
import { type LioCaller, userOf } from "./caller.ts";
import type { LioOperation } from "./contract.ts";
import { dateOrTime, within } from "./dates.ts";
import { answer } from "./envelope.ts";
import { flag, oneOfCoded } from "./filters.ts";
import { notification, TYPE_IDS } from "./notification-view.ts";
import { answerPage, orderParameters, pageSchema, pagingParameters } from "./page.ts";
import { BODY, objectOf, readQuery } from "./reading.ts";
import { oneRecord } from "./schemas.ts";

const MOST = 1_000;

const filters: Filters<LioCaller> = {
  is_read: filter(flag, (value) => ({ is: "equal", column: "is_read", value: String(value) })),
  type_id: oneOfCoded("type", TYPE_IDS),
};

const parameters = lazy(() =>
  pagingParameters().extend({
    ...filterParameters(filters),
    start_date: dateOrTime().optional(),
    end_date: dateOrTime().optional(),
    ...orderParameters(["id"]),
  })
);

const unreadPage = lazy(() =>
  pageSchema(notification.schema).extend({ unread: z.int().min(0) }).meta({
    id: "NotificationPage",
  })
);

const listNotifications: LioOperation = {
  kind: "read",
  get contract() {
    return {
      id: "listNotifications",
      summary: "List notifications",
      query: parameters(),
      answers: { 200: unreadPage() },
    };
  },
  async run(call) {
    const query = readQuery(call, parameters());
    const { userId } = userOf(call.caller);
    const list = new List(call.caller.workspaceId, {
      view: notification,
      conditions: [
        { is: "equal", column: "user_id", value: userId },
        ...within("created_at", ["start_date", query.start_date], ["end_date", query.end_date]),
        ...await conditionsOf(filters, query, call),
      ],
      search: "",
      sort: query.order_by,
      order: query.order_in,
      size: query.limit,
      from: query.page,
      isPartial: !call.workspace.seesAll,
    });
    const [rows = [], counted] = await call.workspace.read([
      list.statement(),
      statement(unreadOf(userId)),
    ]);
    const outcome = answerPage("Notifications fetched", query, list.page(rows));
    const { unread } = rowOf<{ unread: number }>(counted);
    return { ...outcome, body: `${String(outcome.body).slice(0, -1)},"unread":${unread}}` };
  },
};

const body = lazy(() =>
  z.strictObject({
    ids: z.array(z.int("Must be a whole number").min(1, "Must be 1 or more"))
      .min(1, "Must have at least one id").max(MOST, `Must have at most ${MOST} ids`),
  })
);

const read: LioOperation = {
  kind: "write",
  body: BODY,
  get contract() {
    const counts = z.object({ updated: z.int().min(0), unread: z.int().min(0) });
    return {
      id: "readNotifications",
      summary: "Mark notifications read",
      body: body(),
      answers: { 200: oneRecord(counts) },
    };
  },
  run(call) {
    const [, { ids }] = collectMistakes(
      () => readQuery(call, noParameters()),
      () => validated(body(), objectOf(call)),
    );
    const { userId } = userOf(call.caller);
    const statements = [reading(userId, [...new Set(ids)]), unreadOf(userId)].map(statement);
    return write(call, statements, ([marked, counted]) => {
      const { updated } = rowOf<{ updated: number }>(marked);
      const { unread } = rowOf<{ unread: number }>(counted);
      return answer(200, { updated, unread }, "Notifications read");
    });
  },
};

/** Notifications (spec: Notifications, files, and exports). */
export default router<LioCaller>("/api/notification")
  .get("/list", scope("own"), listNotifications)
  .post("/read", scope("own"), read);
