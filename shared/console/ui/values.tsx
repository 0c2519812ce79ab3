import type { ComponentChildren } from "preact";

const SHORT = new Intl.DateTimeFormat(undefined, { dateStyle: "medium", timeStyle: "short" });
const LONG = new Intl.DateTimeFormat(undefined, { dateStyle: "full", timeStyle: "long" });
const DAY = new Intl.DateTimeFormat(undefined, { dateStyle: "medium", timeZone: "UTC" });
const NUMBER = new Intl.NumberFormat();
// Making a format takes longer than all else of a card; null for a currency that the browser refuses.
const MONEY = new Map<string, Intl.NumberFormat | null>();

/** A moment (RFC 3339) in the reader's zone and language; nothing for null. */
export function Time({ value }: { value: string | null | undefined }) {
  if (!value) return <span class="quiet">–</span>;
  const at = new Date(value);
  return <time dateTime={value} title={LONG.format(at)}>{SHORT.format(at)}</time>;
}

/** A day such as 2026-11-30, the same in each zone. */
export function dayText(value: string): string {
  return DAY.format(new Date(`${value}T00:00:00Z`));
}

/** The day that a moment (Unix milliseconds) is in, in a time zone; in UTC where the browser knows no such zone. */
export function dayTextIn(timeZone: string, at: number): string {
  try {
    return new Intl.DateTimeFormat(undefined, { dateStyle: "medium", timeZone }).format(at);
  } catch {
    return DAY.format(at);
  }
}

/** A number as the reader's language writes it. */
export function numberText(value: number): string {
  return NUMBER.format(value);
}

/** An amount in a currency (ISO 4217), which may be one that the browser does not know. */
export function moneyText(value: number, currency: string | null | undefined): string {
  if (!currency) return numberText(value);
  if (!MONEY.has(currency)) MONEY.set(currency, formatOf(currency));
  return MONEY.get(currency)?.format(value) ?? `${numberText(value)} ${currency}`;
}

function formatOf(currency: string): Intl.NumberFormat | null {
  try {
    return new Intl.NumberFormat(undefined, { style: "currency", currency });
  } catch {
    return null;
  }
}

/** A word that says a state, with a colour beside it. */
export function Badge(
  { tone = "plain", children }: {
    tone?: "plain" | "good" | "bad" | "warn";
    children: ComponentChildren;
  },
) {
  return <span class={`badge ${tone}`}>{children}</span>;
}

/** Names with their values; those that are empty are left out. */
export function Facts({ facts }: { facts: readonly (readonly [string, ComponentChildren])[] }) {
  return (
    <dl class="facts">
      {facts.filter(([, value]) => value !== null && value !== undefined && value !== "").map((
        [name, value],
      ) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd dir="auto">{value}</dd>
        </div>
      ))}
    </dl>
  );
}

/** JSON, indented; `name` says what it is. */
export function Json({ name, value }: { name: string; value: unknown }) {
  const text = typeof value === "string" ? value : JSON.stringify(value, null, 2);
  return <pre tabIndex={0} role="region" aria-label={name}><code>{text}</code></pre>;
}
