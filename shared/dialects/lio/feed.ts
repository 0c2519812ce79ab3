import * as z from "zod";
import { type Happening, HISTORY_MODELS, selectHistory } from "../../events/history.ts";
import { namesOf, selectNames } from "../../events/names.ts";
import { sql, statement } from "../../db/sql.ts";
import { rowOf, rowsOf } from "../../db/wire/rows.ts";
import type { Call } from "../../http/call.ts";
import { scope } from "../../http/operation.ts";
import { wholeNumber } from "../../http/paging.ts";
import { router } from "../../http/router.ts";
import { lazy } from "../../memory/lazy.ts";
import { InvalidInput } from "../../refusals/errors.ts";
import type { LioCaller } from "./caller.ts";
import type { LioOperation } from "./contract.ts";
import { dateOrTime, within } from "./dates.ts";
import { feedItem, idsIn, type Names } from "./feed-item.ts";
import { answerPage, pageSchema, pagingParameters } from "./page.ts";
import { readQuery } from "./reading.ts";

const parameters = lazy(() =>
  pagingParameters().extend({
    model_type: z.enum(HISTORY_MODELS, `Must be one of ${HISTORY_MODELS.join(", ")}`).optional(),
    model_id: wholeNumber(Number.MAX_SAFE_INTEGER).optional().meta({
      description: "The id of the record, with model_type.",
    }),
    start_date: dateOrTime().optional(),
    end_date: dateOrTime().optional(),
  })
);

const item = lazy(() =>
  z.object({
    id: z.int(),
    model_type: z.enum(HISTORY_MODELS),
    model_id: z.int().nullable(),
    event: z.string(),
    title: z.string(),
    changes: z.record(z.string(), z.object({ from: z.unknown(), to: z.unknown() })),
    user_id: z.int().nullable(),
    user_name: z.string().nullable(),
    created_at: z.string(),
  }).meta({ id: "FeedItem" })
);

const listFeed: LioOperation = {
  kind: "read",
  get contract() {
    return {
      id: "listFeed",
      summary: "List what happened to records, the newest first",
      query: parameters(),
      answers: { 200: pageSchema(item()) },
    };
  },
  async run(call) {
    const query = readQuery(call, parameters());
    const { model_type: model, model_id: number } = query;
    if (number !== undefined && model === undefined) {
      const message = "Is required with model_id.";
      throw new InvalidInput([{ field: "model_type", message, in: "query" }]);
    }
    const range = within("at", ["start_date", query.start_date], ["end_date", query.end_date]);
    const bound = (side: "after" | "before") =>
      range.flatMap((one) => one.is === side && "value" in one ? [String(one.value)] : [])[0];
    const [rows] = await call.workspace.read([selectHistory({
      model,
      number,
      after: bound("after"),
      before: bound("before"),
      page: query.page,
      size: query.limit,
    })]);
    const { total, happenings: text } = rowOf<{ total: number; happenings: string }>(rows);
    const happenings = JSON.parse(text) as Happening[];
    const names = await namesIn(call, happenings);
    const items = happenings.map((one) => JSON.stringify(feedItem(one, names)));
    return answerPage("Feed fetched", query, { items, total: Number(total) });
  },
};

async function namesIn(call: Call<LioCaller>, happenings: readonly Happening[]): Promise<Names> {
  if (happenings.length === 0) return { ids: new Map(), words: new Map() };
  const [named, lookups] = await call.workspace.read([
    selectNames(idsIn(happenings)),
    statement(sql`select type, value, number, name from crm.lookups
      where module_name = 'lead' and type in ('status', 'source')`),
  ]);
  const words = rowsOf<{ type: string; value: string; number: number; name: string }>(lookups);
  return {
    ids: namesOf(named),
    words: new Map(words.map(({ type, value, number, name }) => [
      `${type} ${value}`,
      { number: Number(number), name },
    ])),
  };
}

/** The feed (spec: Notifications, files, and exports). */
export default router<LioCaller>("/api/feed").get("/list", scope("read"), listFeed);
