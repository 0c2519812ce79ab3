import * as z from "zod";
import { lazy } from "../../memory/lazy.ts";
import { graph, nextQuery } from "../calendar/microsoft.ts";
import { allPages, readable } from "../calendar/pages.ts";
import { askService, type ServiceAnswer } from "../outgoing/ask-service.ts";
import type { Access, Service } from "../outgoing/service.ts";

/** A channel of a team. */
export interface Channel {
  id: string;
  name: string;
  description: string | null;
  teamId: string;
  teamName: string | null;
  webUrl: string | null;
  membershipType: string | null;
}

const NAME = "Microsoft Teams";
const NOT_FOUND = 404;
// Dots alone would lead out of the path.
const TEAM_ID = /^[\w-]+$/;
/** Teams whose channels are read at once. */
const AT_ONCE = 4;

const text = () => z.string().nullish().transform((given) => given || null);
const team = lazy(() => z.object({ id: z.string(), displayName: text() }));
const channel = lazy(() =>
  z.object({
    id: z.string(),
    displayName: z.string(),
    description: text(),
    webUrl: text(),
    membershipType: text(),
  })
);
const link = () => z.string().nullish();
const teams = lazy(() => z.object({ value: z.array(team()), "@odata.nextLink": link() }));
const channels = lazy(() => z.object({ value: z.array(channel()), "@odata.nextLink": link() }));

/** Teams by Microsoft Graph, entered by an account. Each function throws ProviderFailed. */
export class MicrosoftTeams {
  readonly #service: Service;
  readonly #signal: AbortSignal;

  constructor(
    env: Readonly<Record<string, string | undefined>>,
    access: Access,
    signal: AbortSignal,
  ) {
    this.#service = { ...graph(env, access), name: NAME };
    this.#signal = signal;
  }

  /** The channels of one team; null when there is none with this id. */
  async ofTeam(id: string): Promise<Channel[] | null> {
    const [all, found] = await Promise.all([this.#joined(), this.#channels(id)]);
    const name = all.find((one) => one.id === id)?.displayName ?? null;
    return found && found.map((one) => shown(one, id, name));
  }

  /** The channels of all teams that the account's user is in, team by team. */
  async ofAll(): Promise<Channel[]> {
    const all = await this.#joined();
    const found: Channel[] = [];
    for (let first = 0; first < all.length; first += AT_ONCE) {
      const lists = await Promise.all(
        all.slice(first, first + AT_ONCE).map(async ({ id, displayName }) =>
          // One that was deleted since has none.
          (await this.#channels(id) ?? []).map((one) => shown(one, id, displayName))
        ),
      );
      found.push(...lists.flat());
    }
    return found;
  }

  #joined() {
    return allPages(NAME, "", async (query) => {
      const answer = await this.#get(`/me/joinedTeams${asked(query)}`);
      const page = readable(NAME, teams(), answer);
      return { items: page.value, next: nextQuery(page["@odata.nextLink"]) };
    });
  }

  async #channels(id: string) {
    if (!TEAM_ID.test(id)) return null;
    let isKnown = true;
    const all = await allPages(NAME, "", async (query) => {
      const path = `/teams/${encodeURIComponent(id)}/channels${asked(query)}`;
      const answer = await this.#get(path, [NOT_FOUND]);
      isKnown = answer.status !== NOT_FOUND;
      if (!isKnown) return { items: [], next: null };
      const page = readable(NAME, channels(), answer);
      return { items: page.value, next: nextQuery(page["@odata.nextLink"]) };
    });
    return isKnown ? all : null;
  }

  #get(path: string, expected: readonly number[] = []): Promise<ServiceAnswer> {
    return askService(this.#service, { method: "GET", path, signal: this.#signal }, expected);
  }
}

function asked(query: string): string {
  return query === "" ? "" : `?${query}`;
}

function shown(
  { id, displayName, description, webUrl, membershipType }: z.output<ReturnType<typeof channel>>,
  teamId: string,
  teamName: string | null,
): Channel {
  return { id, name: displayName, description, teamId, teamName, webUrl, membershipType };
}
