import * as z from "zod";
import { openAccount } from "../../connected/open-account.ts";
import { scope } from "../../http/operation.ts";
import { router } from "../../http/router.ts";
import { lazy } from "../../memory/lazy.ts";
import { type Channel, MicrosoftTeams } from "../../providers/teams/channels.ts";
import { RecordNotFound } from "../../refusals/errors.ts";
import { openingOf } from "./booking-host.ts";
import type { LioCaller } from "./caller.ts";
import type { LioOperation } from "./contract.ts";
import { notConnected } from "./errors.ts";
import { answerPage, pageSchema, pagingParameters } from "./page.ts";
import { readQuery } from "./reading.ts";

/** For all teams together. */
const PATIENCE_MS = 60_000;

const parameters = lazy(() =>
  pagingParameters().extend({
    team_id: z.string().min(1, "Must not be empty").max(255, "Must have at most 255 characters")
      .optional().meta({ description: "Of one team alone; of all that are joined unless given." }),
  })
);

const channel = lazy(() =>
  z.object({
    id: z.string(),
    name: z.string(),
    description: z.string().nullable(),
    team_id: z.string(),
    team_name: z.string().nullable(),
    web_url: z.string().nullable(),
    membership_type: z.string().nullable(),
  }).meta({ id: "TeamsChannel" })
);

/** GET: the channels of Microsoft Teams, as the organisation's account sees them (decisions: 24). */
const listChannels: LioOperation = {
  kind: "read",
  get contract() {
    return {
      id: "listTeamsChannels",
      summary: "List Teams channels",
      query: parameters(),
      answers: { 200: pageSchema(channel()) },
      refusals: ["not_found", "conflict", "provider_failed", "unavailable"] as const,
    };
  },
  async run(call) {
    const query = readQuery(call, parameters());
    const { team_id: team, page, limit } = query;
    const account = await openAccount(openingOf(call), { provider: "microsoft", userId: null });
    if (account === null) {
      throw notConnected("microsoft", "Microsoft is not connected for the organisation.");
    }
    const signal = AbortSignal.timeout(PATIENCE_MS);
    const teams = new MicrosoftTeams(call.services.env, account.access, signal);
    const all = team === undefined ? await teams.ofAll() : await teams.ofTeam(team);
    if (all === null) throw new RecordNotFound("team", team ?? "");
    const items = all.slice((page - 1) * limit, page * limit)
      .map((one) => JSON.stringify(shown(one)));
    return answerPage("Channels fetched", query, { items, total: all.length });
  },
};

function shown({ id, name, description, ...rest }: Channel) {
  const { teamId, teamName, webUrl, membershipType } = rest;
  return {
    id,
    name,
    description,
    team_id: teamId,
    team_name: teamName,
    web_url: webUrl,
    membership_type: membershipType,
  };
}

/** Microsoft Teams (spec: Connected apps). */
export default router<LioCaller>("/api/teams").get("/channels", scope("read"), listChannels);
