import { computed, signal } from "@preact/signals";

/** What a user may do, at most. */
export type Role = "admin" | "member" | "rep" | "viewer";

/** Who is signed in, as `v1-public-sign-in` answers it. */
export interface Session {
  token: string;
  /** RFC 3339. */
  expires_at: string;
  user: { id: string; number: number; email: string; name: string; role: Role };
  workspace: { id: string; slug: string; name: string };
}

const KEY = "lumenbase.session";

/** The session of this browser; null while nobody is signed in. */
export const session = signal<Session | null>(restored());

/** Why the last session ended, for the page that asks to sign in again. */
export const ending = signal<string | null>(null);

const RANKS: Readonly<Record<Role, number>> = { viewer: 0, rep: 1, member: 2, admin: 3 };

const rank = computed(() => session.value === null ? -1 : RANKS[session.value.user.role]);

/** Whether the user's role is at least this one: what is not allowed is not offered. */
export function isAtLeast(role: Role): boolean {
  return rank.value >= RANKS[role];
}

/** Keeps a session, for all tabs of this browser. */
export function begin(next: Session): void {
  localStorage.setItem(KEY, JSON.stringify(next));
  ending.value = null;
  session.value = next;
}

/** Forgets the session, and says why. */
export function forget(why: string | null): void {
  localStorage.removeItem(KEY);
  ending.value = why;
  session.value = null;
}

// Another tab signed in or out.
addEventListener("storage", ({ key }) => {
  if (key === KEY || key === null) session.value = restored();
});

function restored(): Session | null {
  try {
    const kept = JSON.parse(localStorage.getItem(KEY) ?? "null") as Session | null;
    return kept !== null && Date.parse(kept.expires_at) > Date.now() ? kept : null;
  } catch {
    return null;
  }
}
