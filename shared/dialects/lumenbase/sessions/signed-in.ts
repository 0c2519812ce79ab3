import * as z from "zod";
import type { Statement } from "../../../db/wire/pipeline.ts";
import { lazy } from "../../../memory/lazy.ts";

const id = () => z.uuid();

/** A user as a session tells of them. */
export const userSchema = lazy(() =>
  z.object({
    id: id(),
    number: z.int(),
    email: z.string(),
    name: z.string(),
    role: z.enum(["admin", "member", "rep", "viewer"]).meta({
      description: "What the user may do: `member` is a Manager.",
    }),
    role_name: z.string().meta({ description: "What the role is called in the workspace." }),
    timezone: z.string(),
  }).meta({ id: "SignedInUser" })
);

/** A workspace as a session tells of it. */
export const workspaceSchema = lazy(() =>
  z.object({
    id: id(),
    slug: z.string(),
    name: z.string(),
    default_country: z.string().nullable(),
  }).meta({ id: "SignedInWorkspace" })
);

/** A user and their workspace. */
export interface SignedIn {
  user: z.output<ReturnType<typeof userSchema>>;
  workspace: z.output<ReturnType<typeof workspaceSchema>>;
}

/** Reads the user of a number in the workspace of the claims, and that. */
export function selectSignedIn(number: number): Statement {
  return {
    text:
      `select json_build_object('id', u.id, 'number', u.number, 'email', u.email, 'name', u.name,
        'role', case when u.is_rep then 'rep' else u.role end, 'role_name', r.name,
        'timezone', u.timezone) as user,
      json_build_object('id', w.id, 'slug', w.slug, 'name', w.name,
        'default_country', w.default_country) as workspace
      from crm.users u join crm.workspaces w on w.id = u.workspace_id
      join crm.all_roles r on r.workspace_id = u.workspace_id and r.number = u.role_number
      where u.number = $1`,
    values: [number],
    prepared: true,
  };
}
