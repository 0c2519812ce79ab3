import type { Sample } from "./sample.ts";

/** Rows of phone numbers and calls, in the order of their links. */
export const VOICE_SAMPLES: Readonly<Record<string, Sample>> = {
  "crm.phone_numbers": () => ({
    phone_number: "+18089250001",
    friendly_name: "Sales",
    type: "local",
    sid: "PN1",
    capabilities: { voice: true, sms: true, mms: true },
    monthly_price: 1.15,
    begun_at: "2026-03-28T09:00:00Z",
    in_doubt: false,
  }),
  "crm.phone_number_users": (_, own) => ({
    phone_number_id: own["crm.phone_numbers"],
    user_id: own["crm.users"],
  }),
  "crm.calls": (_, own) => ({
    user_id: own["crm.users"],
    lead_id: own["crm.leads"],
    contact_id: own["crm.contacts"],
    company_id: own["crm.companies"],
    direction: "outbound",
    from_number: "+18089250001",
    to_number: "+15557654321",
    status: "completed",
    sid: "CA1",
    answered_at: "2026-03-28T09:00:00Z",
    currency: "USD",
  }),
  "crm.call_agents": (_, own) => ({
    call_id: own["crm.calls"],
    system_prompt: "Sell bicycles.",
    language: "en-US",
  }),
  "crm.call_turns": (_, own) => ({
    call_id: own["crm.calls"],
    place: 0,
    speaker: "agent",
    said: "Hello",
  }),
};
