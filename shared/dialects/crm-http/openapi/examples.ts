const TIME = "2026-03-28T09:15:00.123456Z";

/** Records as they are answered, by the name of their schema. */
export const ANSWER_EXAMPLES: Readonly<Record<string, unknown>> = {
  Company: {
    id: "8bb73d03-06b4-47c7-80c7-59301f770eda",
    name: "Acme Inc",
    relationship: "prospect",
    lifecycle: "active",
    ownerId: null,
    domain: "acme.com",
    industry: null,
    size: null,
    website: null,
    phone: null,
    city: null,
    state: null,
    country: "US",
    createdAt: TIME,
    updatedAt: TIME,
  },
};

/** Bodies that work in any workspace, by the name of their schema less `Body`. */
export const BODY_EXAMPLES: Readonly<Record<string, unknown>> = {
  CreateCompany: {
    name: "Acme Inc",
    relationship: "customer",
    domain: "acme.com",
    country: "US",
  },
  UpdateCompany: { lifecycle: "inactive", industry: "Tools" },
};
