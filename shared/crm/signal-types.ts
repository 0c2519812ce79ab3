/** What a signal of each type is worth when it happens. */
const POINTS = {
  pricing_page_visit: 15,
  demo_requested: 30,
  form_submitted: 20,
  reply_received: 25,
  email_opened: 3,
  email_opened_3x: 8,
  link_clicked: 6,
  case_study_download: 12,
  manual: 10,
} as const;

export type SignalType = keyof typeof POINTS;

/** Every type of signal. */
export const SIGNAL_TYPES = Object.keys(POINTS) as [SignalType, ...SignalType[]];

/** From so many points on a signal is worth an alert. */
export const ALERTING_POINTS = 15;

/** What each tells of a lead, after its name. */
export const SIGNAL_PHRASES: Readonly<Record<SignalType, string>> = {
  pricing_page_visit: "visited the pricing page",
  demo_requested: "asked for a demo",
  form_submitted: "submitted a form",
  reply_received: "replied",
  email_opened: "opened an email",
  email_opened_3x: "opened an email three times",
  link_clicked: "clicked a link",
  case_study_download: "downloaded a case study",
  manual: "shows interest",
};

/** The points of a signal; of one logged by hand, those that its detail gives (1 to 50). */
export function signalPoints(type: SignalType, detail: unknown = null): number {
  if (type !== "manual" || typeof detail !== "object" || detail === null) return POINTS[type];
  const points = "points" in detail ? Number(detail.points) : NaN;
  return points >= 1 && points <= 50 ? points : POINTS.manual;
}
