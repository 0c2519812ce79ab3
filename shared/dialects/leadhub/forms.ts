import { formChange, formCreation } from "../../crm/forms.ts";
import { scope } from "../../http/operation.ts";
import { router } from "../../http/router.ts";
import type { LeadHubCaller } from "./caller.ts";
import { tokenOf, withAddresses } from "./form-addresses.ts";
import { SUBMITTING } from "./form-caller.ts";
import { form } from "./form-view.ts";
import { list } from "./lists.ts";
import { create, type Records, remove, retrieve, update } from "./records.ts";
import { submitForm } from "./submissions.ts";

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
    withAddresses(list(form, {
      id: "listForms",
      summary: "List forms",
      sorts: ["created_at", "updated_at", "name"],
    })),
  )
  .post("/", scope("write:forms"), withAddresses(create(forms)))
  .get("/:id", scope("read:forms"), withAddresses(retrieve(forms)))
  .put("/:id", scope("write:forms"), withAddresses(update(forms, "replace")))
  .patch("/:id", scope("write:forms"), withAddresses(update(forms, "update")))
  .delete("/:id", scope("delete:forms"), remove(forms))
  .post("/:id/submissions", scope(SUBMITTING), submitForm);
