const TIME = "2026-06-15T09:14:32.000Z";

const CALL = {
  id: 6,
  user_id: 142,
  lead_id: 80231,
  contact_id: null,
  company_id: 17,
  direction: "outbound",
  from_number: "+18089250001",
  to_number: "+15557654321",
  status: "completed",
  started_at: TIME,
  answered_at: "2026-06-15T09:14:36.000Z",
  ended_at: "2026-06-15T09:14:47.000Z",
  duration_sec: 15,
  transcript: "Hello, this is Ada of Globex.",
  price: 0.03,
  currency: "USD",
  has_recording: true,
  sid: "CA0123456789abcdef0123456789abcdef",
  created_at: "2026-06-15T09:14:31.000Z",
};

const CAPABILITIES = { voice: true, sms: true, mms: true };

const NUMBER = {
  id: 5,
  phone_number: "+18089250001",
  friendly_name: "Sales",
  type: "local",
  sid: "PN0123456789abcdef0123456789abcdef",
  capabilities: CAPABILITIES,
  monthly_price: 1.15,
  assigned_user_ids: [142],
  created_at: TIME,
};

const page = (message: string, record: object) => ({
  success: true,
  message,
  data: [record],
  total: 1,
  page: 1,
  limit: 10,
});

/** Phone numbers and calls as they are answered, by the name of their schema. */
export const VOICE_ANSWERS: Readonly<Record<string, unknown>> = {
  CallPage: page("Calls fetched", CALL),
  VoiceNumberPage: page("Phone numbers fetched", NUMBER),
  AvailableNumberPage: page("Available numbers fetched", {
    phone_number: "+18089250002",
    friendly_name: "(808) 925-0002",
    locality: "Hilo",
    region: "HI",
    country: "US",
    capabilities: CAPABILITIES,
    type: "local",
    monthly_price: 1.15,
  }),
  WalletAnswer: {
    success: true,
    message: "Wallet fetched",
    data: {
      balance: 23.82,
      currency: "USD",
      transactions: [{
        id: 3,
        amount: -0.03,
        type: "call",
        reference: "CA0123456789abcdef0123456789abcdef",
        balance_after: 23.82,
        created_at: "2026-06-15T09:14:49.000Z",
      }],
    },
  },
  CallTranscriptAnswer: {
    success: true,
    message: "Transcript fetched",
    data: {
      call_id: 6,
      transcript: [{ speaker: "agent", text: "Hello, this is Ada of Globex.", at: TIME }],
      text: "Hello, this is Ada of Globex.",
    },
  },
};

/** Bodies about phone numbers and calls, by the name of their schema less `Body`. */
export const VOICE_BODIES: Readonly<Record<string, unknown>> = {
  PurchaseNumber: { phoneNumber: "+18089250002", friendlyName: "Sales", type: "local" },
  AssignNumber: { number_id: 5, user_ids: [142] },
  CreateVoiceToken: {},
  InitiateAgentCall: {
    lead_id: 80231,
    system_prompt: "You sell bicycles for Globex. Find out whether a test ride is wanted.",
    first_message: "Hello, this is Ada of Globex.",
    voice_id: "Polly.Joanna",
    language: "en-US",
  },
};
