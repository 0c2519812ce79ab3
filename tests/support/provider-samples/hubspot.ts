import { base64, hmac, type ProviderSample, secretHeader } from "./sample.ts";

const past = (value: string) => ({
  value,
  versions: [{ value, "source-type": "FORM", timestamp: 1772445000000, selected: false }],
});

function workflow(
  name: string,
  record: unknown,
  event: ProviderSample["events"][number],
): ProviderSample {
  return {
    preset: "hubspot_workflow",
    name,
    contentType: "application/json",
    body: JSON.stringify(record),
    secrets: { secret: "hubspot-workflow-secret" },
    headers: secretHeader,
    events: [event],
  };
}

function app(name: string, changes: unknown[], events: ProviderSample["events"]): ProviderSample {
  return {
    preset: "hubspot_app",
    name,
    contentType: "application/json",
    body: JSON.stringify(changes),
    secrets: { secret: "hubspot-client-secret" },
    headers: async (secret, body, { method, url, now }) => ({
      "X-HubSpot-Request-Timestamp": String(now),
      "X-HubSpot-Signature-v3": base64(await hmac(secret, method, url, body, String(now))),
    }),
    events,
  };
}

const CREATION = {
  eventId: 100,
  subscriptionId: 1234,
  portalId: 62515,
  appId: 54321,
  occurredAt: 1772445600000,
  subscriptionType: "contact.creation",
  attemptNumber: 0,
  objectId: 123,
  changeFlag: "NEW",
  changeSource: "CRM",
};
const EMAIL_CHANGE = {
  eventId: 3816279480,
  subscriptionId: 22,
  portalId: 62515,
  appId: 1160452,
  occurredAt: 1772445601000,
  subscriptionType: "contact.propertyChange",
  attemptNumber: 2,
  objectId: 1246965,
  propertyName: "email",
  propertyValue: "brian@example.com",
  changeSource: "CRM",
};
const STAGE_CHANGE = {
  eventId: 3816279340,
  subscriptionId: 25,
  portalId: 62515,
  appId: 1160452,
  occurredAt: 1772445602000,
  subscriptionType: "object.propertyChange",
  attemptNumber: 0,
  objectId: 1246978,
  objectTypeId: "0-3",
  propertyName: "dealname",
  propertyValue: "Größerer Auftrag",
  isSensitive: false,
};

export const hubspotSamples = [
  workflow("a contact with its history", {
    vid: 3234574,
    "canonical-vid": 3234574,
    "merged-vids": [],
    "portal-id": 62515,
    "is-contact": true,
    properties: {
      hs_email_domain: past("example.com"),
      createdate: past("1772440000000"),
      lastmodifieddate: past("1772445123000"),
      lifecyclestage: past("lead"),
      num_conversion_events: past("1"),
      firstname: past("Brian"),
      lastname: past("Halligan"),
      email: past("brian@example.com"),
      mobilephone: past("+15551234567"),
      company: past("Hub Corp"),
      jobtitle: past("Owner"),
      what_do_you_need: past("A quote"),
    },
    "form-submissions": [],
  }, {
    event_id: "3234574-1772445123000",
    mapped: {
      source: "hubspot",
      email: "brian@example.com",
      phone: "+15551234567",
      first_name: "Brian",
      last_name: "Halligan",
      company_name: "Hub Corp",
      title: "Owner",
      message: "what do you need: A quote",
    },
  }),
  workflow("a contact with bare properties", {
    objectId: 901,
    properties: {
      email: "søren@eksempel.dk",
      firstname: "Søren",
      lastname: null,
      phone: "",
      city: "Århus",
      interests: "price;delivery",
      hs_lastmodifieddate: "2026-03-02T10:00:00Z",
    },
  }, {
    event_id: "901-2026-03-02T10:00:00Z",
    mapped: {
      source: "hubspot",
      email: "søren@eksempel.dk",
      first_name: "Søren",
      message: "city: Århus\ninterests: price;delivery",
    },
  }),
  workflow("a body that the workflow composes", {
    email: "ada@example.com",
    firstname: "Ada",
    lastname: "Lovelace",
    topic: "Engines",
  }, {
    event_id: null,
    mapped: {
      source: "hubspot",
      email: "ada@example.com",
      first_name: "Ada",
      last_name: "Lovelace",
      message: "topic: Engines",
    },
  }),
  app("a new contact", [CREATION], [{
    event_id: "62515-1234-100-123-1772445600000",
    mapped: {
      type: "hubspot_contact_creation",
      title: "HubSpot: contact creation",
      timestamp: "2026-03-02T10:00:00.000Z",
      data: CREATION,
    },
  }]),
  app("several changes", [EMAIL_CHANGE, STAGE_CHANGE], [{
    event_id: "62515-22-3816279480-1246965-1772445601000",
    mapped: {
      type: "hubspot_contact_property_change",
      title: "HubSpot: contact property change (email)",
      description: "email: brian@example.com",
      timestamp: "2026-03-02T10:00:01.000Z",
      data: EMAIL_CHANGE,
      entity_email: "brian@example.com",
    },
  }, {
    event_id: "62515-25-3816279340-1246978-1772445602000",
    mapped: {
      type: "hubspot_object_property_change",
      title: "HubSpot: object property change (dealname)",
      description: "dealname: Größerer Auftrag",
      timestamp: "2026-03-02T10:00:02.000Z",
      data: STAGE_CHANGE,
    },
  }]),
];
