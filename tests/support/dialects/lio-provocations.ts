import type { ApiClient, ApiResponse } from "../api-client.ts";
import type { ContractOperation } from "../contract-document.ts";
import type { TestWorkspace } from "../workspace.ts";
import type { DialectWorld } from "./dialect.ts";
import { withoutCredits } from "./lio-credits.ts";
import { fromDrafts, provokedByDrafts } from "./lio-drafts.ts";
import { unwritten } from "./lio-exports.ts";
import { withFiles } from "./lio-files.ts";
import { isOfMailbox, unreadMailboxes } from "./lio-mailboxes.ts";
import { fromPages } from "./lio-pages.ts";
import { addNamed } from "./lio-records.ts";
import { unconnectedTeams } from "./lio-teams.ts";
import { withoutMoney } from "./lio-voice.ts";

/** Requests that make an operation of LIO answer in ways of its own; `body` is one that it takes, `anew` makes another workspace. */
export async function provoked(
  of: ContractOperation,
  world: DialectWorld,
  body: unknown,
  anew: () => Promise<{ workspace: TestWorkspace; api: ApiClient }>,
): Promise<ApiResponse[]> {
  if (of.id === "submitWebForm") return await fromPages(of, world);
  if (of.id === "downloadExport") return [await unwritten(world)];
  if (isOfMailbox(of)) return await unreadMailboxes(of, world);
  if (of.id === "purchaseNumber" || of.id === "initiateAgentCall") {
    const { workspace: { id }, api } = await anew();
    await addNamed(id);
    return [await withoutMoney(of, id, api, body)];
  }
  if (of.id === "listTeamsChannels") return [await unconnectedTeams()];
  if (provokedByDrafts(of)) return await fromDrafts(of, world);
  return [...await withFiles(of, world), ...await withoutCredits(of, world)];
}
