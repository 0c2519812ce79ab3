/** One record of LIO. */
export interface OneAnswer<T> {
  data: T;
}

/** A page of a list of the native API. */
export interface NativePage<T> {
  data: { items: T[]; pagination: { total: number; next_cursor: string | null } };
}

export interface Tag {
  id: number;
  name: string;
}

/** A value that a record can be given, by its number. */
export interface Word {
  id: number;
  name: string;
}

/** What the console shows of a lead. */
export interface Lead {
  id: number;
  name: string;
  first_name: string | null;
  last_name: string | null;
  email: string | null;
  phone_number: string | null;
  company: string | null;
  company_id: number | null;
  job_title: string | null;
  industry: string | null;
  website: string | null;
  linkedin_url: string | null;
  address: string | null;
  city: string | null;
  state: string | null;
  country: string | null;
  pin_code: string | null;
  status: number;
  status_text: string;
  priority: number;
  priority_text: string;
  lead_source: number | null;
  lead_source_text: string | null;
  score: number;
  estimated_value: number | null;
  assigned_to: number | null;
  assigned_to_name: string | null;
  tags: Tag[];
  custom_fields: Record<string, unknown>;
  notes: string | null;
  ai_information: { score_reasons?: { factor: string; points: number }[] };
  last_activity_at: string | null;
  created_at: string;
  updated_at: string;
}

/** What the console shows of a contact. */
export interface Contact {
  id: number;
  name: string;
  email: string | null;
  phone_number: string | null;
  company_id: number | null;
  company_name: string | null;
  lead_id: number | null;
  designation: string | null;
  seniority: string | null;
  decision_maker: string;
  linkedin_url: string | null;
  lead_score: number | null;
  status: number;
  tags: Tag[];
  owner_id: number | null;
  created_at: string;
  updated_at: string;
}

/** What the console shows of a company. */
export interface Company {
  id: number;
  company_name: string;
  industry_type: string | null;
  address: string | null;
  city: string | null;
  country: string | null;
  employee_size: string | null;
  rating: number | null;
  contact_email: string | null;
  phone_number: string | null;
  website: string | null;
  domain: string | null;
  summary: string | null;
  owner_id: number | null;
  lead_count: number;
  contact_count: number;
  deal_count: number;
  created_at: string;
  updated_at: string;
}

/** A view that was saved of a list. */
export interface SavedView {
  id: number;
  view_name: string;
  visibility: string;
  filters: Record<string, unknown>;
  sorting: { order_by?: string; order_in?: string };
  is_owner: boolean;
}

/** Something that happened to a record. */
export interface Happening {
  id: number;
  title: string;
  changes: Record<string, { from: unknown; to: unknown }>;
  user_name: string | null;
  created_at: string;
}
