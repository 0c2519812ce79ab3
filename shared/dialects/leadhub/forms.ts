import * as z from "zod";
import { formChange, formCreation, forms as resource } from "../../crm/forms.ts";
import { pipelines } from "../../crm/pipelines.ts";
import { stages } from "../../crm/stages.ts";
import { users } from "../../crm/users.ts";
import { column, linked, lookup, number } from "../../crm/views/codecs.ts";
import { view } from "../../crm/views/view.ts";
import { scope } from "../../http/operation.ts";
import { router } from "../../http/router.ts";
import type { LeadHubCaller } from "./caller.ts";
import { SUBMITTING } from "./form-caller.ts";
import { list } from "./lists.ts";
import { create, type Records, remove, retrieve, update } from "./records.ts";
import { submitForm } from "./submissions.ts";
import { sealedToken, tokenOf, withSubmitUrls } from "./submit-url.ts";

const form = view(resource, {
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
  honeypot_field: column(),
  success_message: column(),
  redirect_url: column(),
  submissions_count: column(),
  created_at: column(),
  updated_at: column(),
});

const forms: Records = {
  view: form,
  names: { one: "form", id: "Form" },
  create: formCreation,
  change: formChange,
  also: tokenOf,
};

/** Forms, and what is submitted by them (spec: Forms). */
export default router<LeadHubCaller>("/api/v1/forms")
  .get(
    "/",
    scope("read:forms"),
    withSubmitUrls(list(form, {
      id: "listForms",
      summary: "List forms",
      sorts: ["created_at", "updated_at", "name"],
    })),
  )
  .post("/", scope("write:forms"), withSubmitUrls(create(forms)))
  .get("/:id", scope("read:forms"), withSubmitUrls(retrieve(forms)))
  .put("/:id", scope("write:forms"), withSubmitUrls(update(forms, "replace")))
  .patch("/:id", scope("write:forms"), withSubmitUrls(update(forms, "update")))
  .delete("/:id", scope("delete:forms"), remove(forms))
  .post("/:id/submissions", scope(SUBMITTING), submitForm);
