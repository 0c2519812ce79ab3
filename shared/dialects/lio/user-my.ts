import { selectById, shownRecord } from "../../crm/views/statements.ts";
import { noParameters } from "../../http/query.ts";
import { lazy } from "../../memory/lazy.ts";
import { userOf } from "./caller.ts";
import type { LioOperation } from "./contract.ts";
import { answer } from "./envelope.ts";
import { readQuery } from "./reading.ts";
import { oneRecord } from "./schemas.ts";
import { profile, profileSchema } from "./user-profile.ts";

const answered = lazy(() => oneRecord(profileSchema()));

/** GET: the user who asks. */
export const myself: LioOperation = {
  kind: "read",
  get contract() {
    return { id: "getMyUser", summary: "Get the current user", answers: { 200: answered() } };
  },
  async run(call) {
    readQuery(call, noParameters());
    const { userId } = userOf(call.caller);
    const [rows] = await call.workspace.read([selectById(profile, userId)]);
    return answer(200, shownRecord(profile, userId, rows), "User fetched");
  },
};
