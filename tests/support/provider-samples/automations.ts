import { type ProviderSample, secretHeader } from "./sample.ts";

function sample(
  preset: string,
  name: string,
  contentType: string,
  body: string,
  events: ProviderSample["events"],
): ProviderSample {
  return {
    preset,
    name,
    contentType,
    body,
    secrets: { secret: `${preset}-sample-secret` },
    headers: secretHeader,
    events,
  };
}

const NATIVE = {
  idempotency_key: "run-1",
  email: "jane@example.com",
  first_name: "Jane",
  last_name: "Doe",
  title: "Buyer",
  company_name: "Acme",
  company_domain: "acme.com",
  source: "webinar",
  signal_strength: "80",
  message: "Wants a demo",
  deal_title: "Acme demo",
  deal_value: 1200.5,
  seats: 5,
};
const NATIVE_MAPPED = {
  email: "jane@example.com",
  first_name: "Jane",
  last_name: "Doe",
  title: "Buyer",
  company_name: "Acme",
  company_domain: "acme.com",
  source: "webinar",
  signal_strength: 80,
  message: "Wants a demo\nseats: 5",
  deal_title: "Acme demo",
  deal_value: 1200.5,
};

const VARIANTS = {
  "E-Mail": "ole@eksempel.no",
  fullName: "Ole Nordmann",
  Phone: "+47 22 12 34 56",
  Company: "",
  tags: ["new", "north"],
  address: { city: "Tromsø", zip: "9008" },
};
const VARIANTS_MAPPED = {
  email: "ole@eksempel.no",
  first_name: "Ole",
  last_name: "Nordmann",
  phone: "+47 22 12 34 56",
  message: "tags: new, north\naddress: Tromsø 9008",
};

export const automationSamples = ["zapier", "make"].flatMap((preset) => [
  sample(preset, "the API's own names", "application/json", JSON.stringify(NATIVE), [
    { event_id: "run-1", mapped: NATIVE_MAPPED },
  ]),
  sample(preset, "other names in an array", "application/json", JSON.stringify([VARIANTS]), [
    { event_id: null, mapped: { source: preset, ...VARIANTS_MAPPED } },
  ]),
  sample(
    preset,
    "a form",
    "application/x-www-form-urlencoded",
    "email=kim%40example.com&name=Kim+Lee&topic=price&topic=delivery&event_id=ev-9",
    [{
      event_id: "ev-9",
      mapped: {
        source: preset,
        email: "kim@example.com",
        first_name: "Kim",
        last_name: "Lee",
        message: "topic: price, delivery",
      },
    }],
  ),
]);
