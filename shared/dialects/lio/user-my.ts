import { selectById, shownRecord } from "../../crm/views/statements.ts";
import { noParameters } from "../../http/query.ts";
import { lazy } from "../../memory/lazy.ts";
import { userOf } from "./caller.ts";
import type { LioOperation } from "./contract.ts";
import { answer } from "./envelope.ts";
import { readQuery } from "./reading.ts";
import { oneRecord } from "./schemas.ts";
import { user } from "./user-view.ts";

const answered = lazy(() => oneRecord(user.schema));

/** GET: the user who asks. */
export const myself: LioOperation = {
  kind: "read",
  get contract() {
    return { id: "getMyUser", summary: "Get the current user", answers: { 200: answered() } };
  },
  async run(call) {
    readQuery(call, noParameters());
    const { userId } = userOf(call.caller);
    const [rows] = await call.workspace.read([selectById(user, userId)]);
    return answer(200, shownRecord(user, userId, rows), "User fetched");
  },
};
