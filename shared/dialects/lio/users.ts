import { scope } from "../../http/operation.ts";
import { router } from "../../http/router.ts";
import type { LioCaller } from "./caller.ts";
import { changePassword } from "./change-password.ts";
import { oneOfCoded, oneOfNumbers } from "./filters.ts";
import { globalSearch } from "./global-search.ts";
import { list } from "./lists.ts";
import { addUser } from "./user-add.ts";
import { deleteUser } from "./user-delete.ts";
import { myself } from "./user-my.ts";
import { updateUser } from "./user-update.ts";
import { user } from "./user-view.ts";

const STATES = { 0: ["inactive"], 1: ["active", "invited"] };

/** Users (spec: Authentication and users). */
export default router<LioCaller>("/api/user")
  .get("/my", scope("own"), myself)
  .get(
    "/list",
    scope("read"),
    list(user, {
      id: "listUsers",
      summary: "List users",
      plural: "Users",
      filters: {
        role_id: oneOfNumbers("role_number"),
        state_id: oneOfCoded("status", STATES),
      },
      search: true,
      sorts: ["id", "name", "email", "created_at"],
    }),
  )
  .post("/add", scope("admin"), addUser)
  .post("/update/:id", scope("own"), updateUser)
  .post("/change-password", scope("own"), changePassword)
  .post("/delete", scope("admin"), deleteUser)
  .get("/global-search", scope("read"), globalSearch);
