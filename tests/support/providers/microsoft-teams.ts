import type { Answered, Seen } from "./lasting-stand-in.ts";
import { graphRefusal } from "./microsoft-refusal.ts";

/** The teams that whoever asks is in, each with so many channels. */
const TEAMS = [
  { id: "team-sales", displayName: "Sales", description: "Who sells", channels: 2 },
  { id: "team-support", displayName: "Support", description: null, channels: 10 },
];

/** What Microsoft Graph answers about Teams; null for what is about something else. */
export function teamsOfGraph({ method, path }: Seen): Answered | null {
  if (path === "/v1.0/me/joinedTeams") {
    if (method !== "GET") return graphRefusal(405, "BadRequest");
    const value = TEAMS.map(({ channels: _, ...team }) => team);
    return { status: 200, body: { value } };
  }
  // Graph knows no resource of that name.
  if (/^\/v1\.0\/(teams\/)?channels$/.test(path)) return graphRefusal(400, "BadRequest");
  const [, id] = /^\/v1\.0\/teams\/([^/]+)\/channels$/.exec(path) ?? [];
  if (id === undefined) return null;
  const team = TEAMS.find((one) => one.id === decodeURIComponent(id));
  if (team === undefined) return graphRefusal(404, "NotFound");
  const value = Array.from({ length: team.channels }, (_, i) => ({
    id: `19:${team.id}-${i}@thread.tacv2`,
    createdDateTime: "2026-03-28T09:15:00Z",
    displayName: i === 0 ? "General" : `Channel ${i}`,
    description: i === 0 ? null : `About ${i}`,
    email: "",
    webUrl: `https://teams.microsoft.com/l/channel/${team.id}-${i}`,
    membershipType: i === 1 ? "private" : "standard",
  }));
  return { status: 200, body: { value } };
}
