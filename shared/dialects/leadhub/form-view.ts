import * as z from "zod";
import { forms } from "../../crm/forms.ts";
import { pipelines } from "../../crm/pipelines.ts";
import { stages } from "../../crm/stages.ts";
import { users } from "../../crm/users.ts";
import { column, linked, lookup, number } from "../../crm/views/codecs.ts";
import { view } from "../../crm/views/view.ts";
import { linkOf, sealedToken } from "./form-addresses.ts";

/** A form as this API names it (spec: Forms). */
export const form = view(forms, {
  id: number(),
  name: column(),
  is_active: column(),
  fields: column(),
  source: column(),
  tags: column(),
  pipeline_id: linked(pipelines),
  pipeline_stage_id: linked(stages, "stage_id"),
  assigned_user_id: linked(users, "assigned_to"),
  public: column(),
  submit_url: lookup(() => z.url().nullable(), (of) => sealedToken(of("id"))),
  page_url: lookup(() => z.url(), (of) => linkOf(of("id"))),
  honeypot_field: column(),
  success_message: column(),
  redirect_url: column(),
  submissions_count: column(),
  created_at: column(),
  updated_at: column(),
});
