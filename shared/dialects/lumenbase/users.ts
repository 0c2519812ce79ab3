import { part } from "../../crm/resource.ts";
import { users as all } from "../../crm/users.ts";

/** Users, of whom this API tells no more than whom records are assigned to (spec: Users). */
export const users = part(all, ["id", "name", "email", "created_at", "updated_at"]);
