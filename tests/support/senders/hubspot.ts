import type { SenderCase } from "./sender-case.ts";

const changed = (over: Record<string, unknown>) => ({
  eventId: 100,
  subscriptionId: 11,
  portalId: 62515,
  occurredAt: 1462216307945,
  subscriptionType: "contact.propertyChange",
  attemptNumber: 0,
  objectId: 1246965,
  ...over,
});

export const hubspotWorkflow: SenderCase[] = [
  {
    name: "an address that stands among the identities alone",
    sends: [{
      json: {
        vid: 9153674,
        "portal-id": 62515,
        "is-contact": true,
        properties: {
          firstname: { value: "Maya", versions: [{ value: "Maya", "source-type": "API" }] },
          lastmodifieddate: { value: "1551971286841" },
          company: { value: "Example Kudu" },
          lastname: { value: "Ng" },
        },
        "identity-profiles": [{
          identities: [
            { type: "EMAIL", value: "maya@example.com", "is-primary": true },
            { type: "LEAD_GUID", value: "01a107c4" },
          ],
        }],
      },
    }],
    contacts: [{ email: "maya@example.com", first_name: "Maya", last_name: "Ng" }],
    companies: ["Example Kudu"],
  },
  {
    name: "bare properties, with nulls and HubSpot's own",
    sends: [{
      json: {
        id: "512",
        properties: {
          createdate: "2026-10-30T03:30:17.883Z",
          email: "bea@example.com",
          firstname: "Bea",
          lastname: null,
          phone: "(877) 555-0185",
          mobilephone: null,
          company: "",
          jobtitle: "Buyer",
          hs_object_id: "512",
          lastmodifieddate: "2026-12-07T16:50:06.678Z",
          lifecyclestage: "lead",
          message: "Call me",
          city: "Cambridge",
        },
      },
    }],
    contacts: [{
      email: "bea@example.com",
      first_name: "Bea",
      last_name: null,
      phone: "(877) 555-0185",
      title: "Buyer",
    }],
    companies: [],
    notes: ["message: Call me", "city: Cambridge"],
    noNotes: ["hs_object_id", "lifecyclestage"],
  },
  {
    name: "a composed body that names nobody",
    sends: [{ json: { campaign_name: "Spring", start_date: "2026-03-01", hubspot_notes: "" } }],
    status: ["failed"],
    contacts: [],
  },
];

export const hubspotApp: SenderCase[] = [
  {
    name: "a truth value as text",
    sends: [{ json: [changed({ propertyName: "decision_maker", propertyValue: "true" })] }],
    activities: ["HubSpot: contact property change (decision_maker)"],
  },
  {
    name: "a merge, a deletion for privacy and another address in one request",
    sends: [{
      json: [
        changed({ eventId: 1, subscriptionType: "contact.merge", objectId: undefined }),
        changed({ eventId: 2, subscriptionType: "contact.privacyDeletion" }),
        changed({ eventId: 3, propertyName: "email", propertyValue: "new@example.com" }),
      ],
    }],
    activities: [
      "HubSpot: contact merge",
      "HubSpot: contact privacy deletion",
      "HubSpot: contact property change (email)",
    ],
  },
  {
    name: "ids of sixteen digits that differ in the last, and the same event once more",
    sends: [
      { json: [changed({ eventId: 5890840712243077, subscriptionType: "contact.creation" })] },
      { json: [changed({ eventId: 5890840712243078, subscriptionType: "contact.creation" })] },
      {
        json: [
          changed({
            eventId: 5890840712243077,
            subscriptionType: "contact.creation",
            attemptNumber: 1,
          }),
        ],
      },
    ],
    status: ["accepted", "accepted", "duplicate"],
    activities: ["HubSpot: contact creation", "HubSpot: contact creation"],
  },
];
