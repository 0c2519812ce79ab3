import { companyChange, companyCreation, deletionOfCompanies } from "../../crm/company-details.ts";
import { companyLogo } from "../../crm/files.ts";
import { writtenId } from "../../crm/views/statements.ts";
import { scope } from "../../http/operation.ts";
import { router } from "../../http/router.ts";
import { type LioCaller, userOf } from "./caller.ts";
import { listing } from "./company-list.ts";
import { logoToTakeAway, withLogo } from "./company-logo.ts";
import { enrichCompany } from "./company-enrich.ts";
import { companyStats } from "./company-stats.ts";
import { company } from "./company-view.ts";
import { list } from "./lists.ts";
import { create, type Records, retrieve, update } from "./records.ts";
import { removeMany, removeOneOrMany } from "./removal.ts";
import { similarCompanies } from "./similar-companies.ts";

const records: Records = {
  view: company,
  names: { one: "company", id: "Company" },
  conflicts: ["creation", "change"],
  more: logoToTakeAway,
  create: ({ columns }, _, { caller }) =>
    companyCreation({ ...columns, owner_id: userOf(caller).userId }),
  change: (number, { columns }) => companyChange(number, columns),
  also: async ({ company_logo: logo }) => logo === null ? [companyLogo(writtenId, null)] : [],
};

const removed = {
  view: company,
  listing,
  work: deletionOfCompanies,
  names: { id: "Company", plural: "companies" },
};

const read = scope("read");
const write = scope("write");
const manage = scope("manage");

/** Companies (spec: Contacts and companies). */
export default router<LioCaller>("/api/company")
  .get("/list", read, list(company, listing))
  .get("/stats", read, companyStats)
  .get("/view/:id", read, retrieve(records))
  .get("/similar/:id", read, similarCompanies)
  .post("/add", write, withLogo(create(records), records, "creation"))
  .post("/enrich", write, enrichCompany)
  .post("/update/:id", write, withLogo(update(records), records, "change"))
  .delete("/delete/:id", manage, removeOneOrMany(removed))
  .delete("/delete", manage, removeMany(removed));
