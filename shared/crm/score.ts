import type { SignalType } from "./signal-types.ts";

/** What a lead is scored by. */
export interface ScoredLead {
  email: string | null;
  phone: string | null;
  linkedin_url: string | null;
  job_title: string | null;
  /** Whether it is linked to a company. */
  has_company: boolean;
}

/** One thing that tells of a lead's interest. */
export interface Signal {
  type: SignalType;
  points: number;
  /** Milliseconds from when it happened to when the lead is scored. */
  age: number;
}

/** One cause of a score; its points have one decimal. */
export interface ScoreReason {
  factor: string;
  points: number;
  /** How many signals of the type there are. */
  count?: number;
}

export interface Score {
  /** 0 to 100. */
  score: number;
  /** Those that give points, the greatest first; what the cap takes off comes last. */
  reasons: ScoreReason[];
}

/** Which formula a score is of. */
export const SCORE_VERSION = 1;
/** The most points that signals give together. */
export const MOST_INTENT = 50;
/** After so many milliseconds a signal counts half. */
export const HALF_LIFE_MS = 14 * 86_400_000;

const FREE_MAIL = new Set(
  ("gmail.com googlemail.com outlook.com live.com msn.com icloud.com me.com mac.com aol.com web.de " +
    "t-online.de proton.me protonmail.com mail.com zoho.com qq.com 163.com 126.com").split(" "),
);
const FREE_MAIL_ANYWHERE = /^(?:yahoo|hotmail|gmx|yandex)\./;

/** Points of a job title, by the first of these that has one of the title's words. */
const TITLES: readonly (readonly [points: number, words: string])[] = [
  [15, "chief ceo cto cfo coo cmo cio cro cpo founder owner president vp svp evp"],
  [12, "director head"],
  [8, "manager lead principal"],
];
const OTHER_TITLE = 4;

/** How well a lead fits (0 to 50) and what it does (0 to 50), and why: pure, so it is the same for the same. */
export function scoreOf(lead: ScoredLead, signals: readonly Signal[]): Score {
  const fit = fitReasons(lead);
  const intent = intentReasons(signals);
  const wanted = total(intent);
  const cut = Math.min(0, MOST_INTENT - wanted);
  const score = Math.round(rounded(total(fit) + wanted + cut, 6));
  const reasons = [...fit, ...intent, { factor: "intent_cap", points: cut }]
    .map(shown).filter(({ points }) => points !== 0)
    .sort((one, other) => other.points - one.points || (one.factor < other.factor ? -1 : 1));
  return { score, reasons };
}

function fitReasons(lead: ScoredLead): ScoreReason[] {
  const { email, job_title, phone, linkedin_url, has_company } = lead;
  return [
    ...email === null ? [] : [emailReason(email)],
    ...has_company ? [{ factor: "company", points: 10 }] : [],
    ...phone ? [{ factor: "phone", points: 5 }] : [],
    ...linkedin_url ? [{ factor: "linkedin", points: 5 }] : [],
    ...job_title?.trim() ? [{ factor: "job_title", points: titlePoints(job_title) }] : [],
  ];
}

function emailReason(email: string): ScoreReason {
  const domain = email.slice(email.lastIndexOf("@") + 1).toLowerCase();
  const isFree = FREE_MAIL.has(domain) || FREE_MAIL_ANYWHERE.test(domain);
  return isFree ? { factor: "free_email", points: 5 } : { factor: "business_email", points: 15 };
}

function titlePoints(title: string): number {
  const words = new Set(title.toLowerCase().match(/[\p{L}\p{M}\p{N}_]+/gu));
  const found = TITLES.find(([, some]) => some.split(" ").some((word) => words.has(word)));
  return found?.[0] ?? OTHER_TITLE;
}

// Added up from the least on, so that their order makes no difference.
function intentReasons(signals: readonly Signal[]): ScoreReason[] {
  const byType = new Map<SignalType, number[]>();
  for (const { type, points, age } of signals) {
    const faded = points * 0.5 ** (Math.max(0, age) / HALF_LIFE_MS);
    const same = byType.get(type);
    if (same === undefined) byType.set(type, [faded]);
    else same.push(faded);
  }
  return [...byType].map(([type, points]) => ({
    factor: `signal:${type}`,
    points: sum(points),
    count: points.length,
  }));
}

function shown({ factor, points, count }: ScoreReason): ScoreReason {
  return { factor, points: rounded(points, 1), ...count === undefined ? {} : { count } };
}

function total(reasons: readonly ScoreReason[]): number {
  return sum(reasons.map(({ points }) => points));
}

function sum(numbers: readonly number[]): number {
  return numbers.toSorted((one, other) => one - other).reduce((all, one) => all + one, 0);
}

function rounded(value: number, digits: number): number {
  const factor = 10 ** digits;
  return Math.round(value * factor) / factor + 0;
}
