const TIME = "2026-06-15T09:14:32.000Z";

export const CONTACT = {
  id: 31,
  name: "Hank Scorpio",
  email: "hank@example.com",
  phone_number: null,
  company_id: 17,
  company_name: "Globex",
  lead_id: null,
  designation: "CEO",
  seniority: "c_level",
  decision_maker: "yes",
  linkedin_url: null,
  lead_score: 0,
  status: 1,
  tags: [],
  owner_id: 142,
  created_at: TIME,
  updated_at: TIME,
};

export const COMPANY = {
  id: 17,
  company_name: "Globex",
  industry_type: "Software",
  company_logo: null,
  address: null,
  city: "Berlin",
  country: "DE",
  employee_size: "51-200",
  rating: 4,
  contact_email: null,
  phone_number: null,
  website: "https://globex.example.com",
  domain: "globex.example.com",
  summary: null,
  owner_id: 142,
  lead_count: 1,
  contact_count: 1,
  deal_count: 0,
  created_at: TIME,
  updated_at: TIME,
};

const NOBODY = { select_all: true, filters: { search_value: "nobody of this name" } };

/** Bodies of contacts and companies, by the name of their schema less `Body`. */
export const PEOPLE_BODIES: Readonly<Record<string, unknown>> = {
  CreateContact: {
    name: "Hank Scorpio",
    email: "hank@example.com",
    company_id: 17,
    designation: "CEO",
    tags: ["vip"],
  },
  UpdateContact: { designation: "Head of Sales", lead_score: 40 },
  UpdateContacts: { select_all: true, filters: { my: true }, lead_score: 40, tags: ["vip"] },
  DeleteContact: {},
  DeleteContacts: NOBODY,
  CreateCompany: {
    company_name: "Initech",
    industry_type: "Software",
    city: "Berlin",
    country: "DE",
    employee_size: "51-200",
    rating: 4,
  },
  UpdateCompany: { rating: 5, city: "Bonn" },
  DeleteCompany: {},
  DeleteCompanies: NOBODY,
};
