import { Badge } from "../../ui/values.tsx";
import type { Delivery, DeliveryStatus } from "./deliveries.ts";

type Told = Pick<Delivery, "status" | "outcome" | "contact_id" | "activity_id" | "error">;

const TONES: Readonly<Record<DeliveryStatus, "plain" | "good" | "bad" | "warn">> = {
  pending: "warn",
  accepted: "good",
  failed: "bad",
  ignored: "plain",
  test: "plain",
};

const WORDS: Readonly<Record<DeliveryStatus, string>> = {
  pending: "Under way",
  accepted: "Accepted",
  failed: "Failed",
  ignored: "Ignored",
  test: "Test",
};

/** The states of deliveries, with what each is called. */
export const STATUS_CHOICES = Object.entries(WORDS);

/** What became of a delivery, in a line. */
export function Becoming({ delivery }: { delivery: Told }) {
  const { status } = delivery;
  return (
    <p class="becoming">
      <Badge tone={TONES[status]}>{WORDS[status]}</Badge> <Consequence delivery={delivery} />
    </p>
  );
}

function Consequence({ delivery: { status, outcome, contact_id, activity_id, error } }: {
  delivery: Told;
}) {
  if (status === "accepted") {
    const what = activity_id !== null && contact_id === null ? "an activity" : "the contact";
    const text = `${outcome === "created" ? "made" : "changed"} ${what}`;
    return contact_id === null
      ? <span>{text}</span>
      : <a href={`#/contacts/${contact_id}`}>{text}</a>;
  }
  if (status === "test") return <span>The sender called it a test.</span>;
  return error === null ? null : <span dir="auto">{error.message}</span>;
}
