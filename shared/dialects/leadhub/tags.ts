import { tags as resource } from "../../crm/tags.ts";
import { column, number } from "../../crm/views/codecs.ts";
import { view } from "../../crm/views/view.ts";
import { scope } from "../../http/operation.ts";
import { router } from "../../http/router.ts";
import type { LeadHubCaller } from "./caller.ts";
import { list } from "./lists.ts";
import { create, type Records, remove, retrieve, update } from "./records.ts";

const tag = view(resource, {
  id: number(),
  name: column(),
  color: column(),
  leads_count: column(),
  created_at: column(),
  updated_at: column(),
});

const tags: Records = { view: tag, names: { one: "tag", id: "Tag" } };

export default router<LeadHubCaller>("/api/v1/tags")
  .get(
    "/",
    scope("read:tags"),
    list(tag, {
      id: "listTags",
      summary: "List tags",
      sorts: ["created_at", "updated_at", "name"],
    }),
  )
  .post("/", scope("write:tags"), create(tags))
  .get("/:id", scope("read:tags"), retrieve(tags))
  .put("/:id", scope("write:tags"), update(tags, "replace"))
  .patch("/:id", scope("write:tags"), update(tags, "update"))
  .delete("/:id", scope("write:tags"), remove(tags));
