import { uniqueLeadChange, uniqueLeadCreation } from "../../crm/unique-leads.ts";
import { scope } from "../../http/operation.ts";
import { router } from "../../http/router.ts";
import { type LioCaller, userOf } from "./caller.ts";
import { defineField, updateFields } from "./custom-fields.ts";
import { leadGiven, leadParts, requireOwn } from "./lead-body.ts";
import { assignTags, assignUser, changeStatus, setTags } from "./lead-bulk.ts";
import { deleteLeads } from "./lead-delete.ts";
import { listing } from "./lead-list.ts";
import { lead } from "./lead-view.ts";
import { list } from "./lists.ts";
import { uploadProfileImage } from "./profile-image.ts";
import { create, type Records, retrieve, update } from "./records.ts";

const records: Records = {
  view: lead,
  names: { one: "lead", id: "Lead" },
  more: leadParts,
  conflicts: ["creation", "change"],
  create(given, values, { caller }) {
    requireOwn(caller, values.assigned_to);
    const own = caller.userRole === "rep" ? { assigned_to: userOf(caller).number } : {};
    return uniqueLeadCreation({ ...leadGiven(given, values), ...own });
  },
  change(number, given, values, { caller }) {
    requireOwn(caller, values.assigned_to);
    return uniqueLeadChange(number, leadGiven(given, values));
  },
};

const read = scope("read");
const write = scope("write");

/** Leads (spec: Leads). */
export default router<LioCaller>("/api/lead")
  .get("/list", read, list(lead, listing))
  .post("/add", write, create(records))
  .get("/view/:id", read, retrieve(records))
  .post("/update/:id", write, update(records))
  .post("/:id/upload-profile-image", write, uploadProfileImage)
  .delete("/delete", scope("manage"), deleteLeads)
  .post("/status-change", write, changeStatus)
  .post("/assign-user", write, assignUser)
  .post("/assign-tags", write, assignTags)
  .post("/set-assign-tags", write, setTags)
  .post("/custom-field", scope("manage"), defineField)
  .post("/update-custom-fields", write, updateFields);
