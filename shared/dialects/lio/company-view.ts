import { companyDetails } from "../../crm/company-details.ts";
import { column, number } from "../../crm/views/codecs.ts";
import { view } from "../../crm/views/view.ts";
import { time } from "./codecs.ts";
import { imageOf } from "./file-links.ts";
import { countOf, numberOf } from "./linked-codecs.ts";

/** A company as this API names it (decisions: 10). */
export const company = view(companyDetails, {
  id: number(),
  company_name: column("name"),
  industry_type: column("industry"),
  company_logo: imageOf("company_id"),
  address: column(),
  city: column(),
  country: column(),
  employee_size: column("size"),
  rating: column(),
  contact_email: column(),
  phone_number: column("phone"),
  website: column(),
  domain: (name, resource) => ({ ...column()(name, resource), input: null }),
  summary: column(),
  owner_id: numberOf("users", "owner_id"),
  lead_count: countOf("leads", "company_id"),
  contact_count: countOf("contacts", "company_id"),
  deal_count: countOf("deals", "company_id"),
  created_at: time(),
  updated_at: time(),
});
