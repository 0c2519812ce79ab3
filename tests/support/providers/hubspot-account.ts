/** The token that any workspace of tests is connected with. */
export const HUBSPOT_TOKEN = "pat-eu1-11111111-2222-4333-8444-555555555555";

/** A contact or a company of the account. */
export interface HubspotObject {
  id: string;
  properties: Record<string, string | null>;
}

/** What is in an account, and the tokens that open it. */
export interface Account {
  tokens: Set<string>;
  contacts: HubspotObject[];
  companies: HubspotObject[];
  properties: Record<"contacts" | "companies", object[]>;
}

/** Contacts with ids from 1 on and an email each, made a millisecond after one another. */
export function hubspotContacts(
  count: number,
  more: (n: number) => Record<string, string | null> = () => ({}),
): HubspotObject[] {
  return Array.from({ length: count }, (_, n) => ({
    id: `${n + 1}`,
    properties: {
      createdate: new Date(Date.UTC(2026, 0, 1) + n).toISOString(),
      firstname: "Jane",
      email: `p${n + 1}@acme.example`,
      ...more(n + 1),
    },
  }));
}

const PROPERTIES = [
  property("email", "Email"),
  property("createdate", "Create Date", { isReadOnly: true }),
  property("hs_secret", "Secret", { hidden: true }),
];

function property(name: string, label: string, { hidden = false, isReadOnly = false } = {}) {
  return {
    name,
    label,
    type: "string",
    fieldType: "text",
    groupName: "contactinformation",
    options: [],
    hidden,
    modificationMetadata: {
      archivable: true,
      readOnlyDefinition: true,
      readOnlyValue: isReadOnly,
    },
  };
}

/** An account without contacts. */
export function emptyAccount(): Account {
  return {
    tokens: new Set([HUBSPOT_TOKEN]),
    contacts: [],
    companies: [],
    properties: { contacts: PROPERTIES, companies: PROPERTIES.slice(0, 1) },
  };
}
