import { type Api, type Fields, withApi } from "./api.ts";
import type { Action, Command, Input, Result } from "./command.ts";
import {
  cell,
  CONNECTORS,
  findConnector,
  reasonOf,
  workspaceOfConnector,
  workspaceOfDelivery,
} from "./connectors.ts";
import { sample } from "./files.ts";
import { shortTime, table } from "./output.ts";
import { rehearsalText } from "./rehearsal.ts";
import { quoted, Refusal } from "./refusal.ts";
import { DELIVERIES, replayed, replayText } from "./replay.ts";
import { limit, slug } from "./values.ts";

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;
const MOST = 100;
const WORKSPACE = {
  placeholder: "SLUG",
  about: "Its workspace, when several have a connector of that slug.",
};

/** The commands of the group `connectors` about what came through them. */
export const DELIVERY_COMMANDS: readonly Command[] = [
  {
    group: "connectors",
    name: "test",
    about: "Show what a payload would become. Nothing is kept.",
    argument: { placeholder: "SLUG", about: "Slug of the connector." },
    options: {
      sample: { placeholder: "FILE", about: "The body as its sender sends it.", required: true },
      "content-type": { placeholder: "TYPE", about: "Its type; told from the file when left out." },
      workspace: WORKSPACE,
    },
    example: "connectors test contact-form --sample answer.json",
    prepare({ argument, options }) {
      const of = slug(argument);
      const content = sample(options.sample ?? "", options["content-type"]);
      return withConnector(of, options, async (api) => {
        const { connector } = await findConnector(api, of);
        const ingest = connector.target === "activity" ? "activities" : "contacts";
        const path = `v1-public-${ingest}?connector=${of}&dry_run=true`;
        const data = await api.call("POST", path, content);
        return { data, text: rehearsalText(data), verbatim: true };
      });
    },
  },
  {
    group: "connectors",
    name: "deliveries",
    about: "Show what came through connectors in the last 30 days, newest first.",
    options: {
      workspace: { placeholder: "SLUG", about: "Their workspace.", required: true },
      connector: { placeholder: "SLUG", about: "Only those of this connector." },
      status: {
        placeholder: "STATUS",
        about: "Only pending, accepted, failed, ignored or test ones.",
      },
      limit: { placeholder: "N", about: `How many: 25 when left out, at most ${MOST}.` },
    },
    example: "connectors deliveries --workspace acme --connector contact-form --status failed",
    prepare({ options }) {
      const workspace = slug(options.workspace ?? "");
      const of = options.connector === undefined ? undefined : slug(options.connector);
      const { status } = options;
      const count = limit("limit", options.limit ?? "25", 1, MOST);
      return (database, ownerUrl) =>
        withApi({ database, ownerUrl, workspace }, async (api) => {
          const query = new URLSearchParams({ per_page: String(count) });
          if (of) query.set("connector_id", (await findConnector(api, of)).id);
          if (status !== undefined) query.set("status", status);
          return deliveryList(api, await api.call("GET", `${DELIVERIES}?${query}`));
        });
    },
  },
  {
    group: "connectors",
    name: "replay",
    about: "Take a kept delivery up again, as its connector is now.",
    argument: { placeholder: "DELIVERY", about: "Id of the delivery.", optional: true },
    options: {
      failed: { placeholder: "", about: "All that failed, oldest first, instead of one." },
      connector: { placeholder: "SLUG", about: "With --failed: those of this connector." },
      "dry-run": { placeholder: "", about: "Only show what they would become." },
      workspace: WORKSPACE,
    },
    example: "connectors replay --failed --connector contact-form --dry-run",
    prepare({ argument, options }) {
      const dryRun = options["dry-run"] !== undefined;
      if (options.failed !== undefined) return replayFailed(argument, options, dryRun);
      if (!UUID.test(argument)) throw notNamed(argument);
      const id = argument.toLowerCase();
      return async (database, ownerUrl) => {
        const workspace = await workspaceOfDelivery(database, id);
        return await withApi({ database, ownerUrl, workspace }, async (api) => {
          const replay = await replayed(api, id, dryRun);
          const data: Fields = { replays: [replay] };
          const text = replay.answer && dryRun
            ? rehearsalText(replay.answer)
            : replayText([replay]);
          return { data, text, verbatim: true, incomplete: replay.status === "failed" };
        });
      };
    },
  },
];

function withConnector(
  of: string,
  options: Input["options"],
  use: (api: Api) => Promise<Result>,
): Action {
  const given = options.workspace === undefined ? undefined : slug(options.workspace);
  return async (database, ownerUrl) => {
    const workspace = await workspaceOfConnector(database, of, given);
    return await withApi({ database, ownerUrl, workspace }, use);
  };
}

function replayFailed(argument: string, options: Input["options"], dryRun: boolean): Action {
  if (argument !== "" || options.connector === undefined) {
    throw new Refusal(
      "invalid_argument",
      "--failed takes the place of one delivery, and needs --connector SLUG: write for example " +
        "`connectors replay --failed --connector contact-form`.",
    );
  }
  const of = slug(options.connector);
  return withConnector(of, options, async (api) => {
    const { id } = await findConnector(api, of);
    const failed = `${DELIVERIES}?connector_id=${id}&status=failed&sort_order=asc`;
    const replays = [];
    for (const delivery of await api.all(failed)) {
      replays.push(await replayed(api, String(delivery.id), dryRun));
    }
    const text = replays.length > 0 ? replayText(replays) : "No delivery of it has failed.";
    const incomplete = replays.some(({ status }) => status === "failed");
    return { data: { replays }, text, verbatim: true, incomplete };
  });
}

function notNamed(argument: string): Refusal {
  const what = argument === "" ? "No delivery is named" : `${quoted(argument)} is no delivery's id`;
  return new Refusal(
    "invalid_argument",
    `${what}: give the id that \`npm run admin -- connectors deliveries\` shows, or --failed with ` +
      "--connector SLUG for all that failed.",
  );
}

async function deliveryList(api: Api, page: Fields): Promise<Result> {
  const deliveries = page.items as Fields[];
  const connectors = await api.all(CONNECTORS);
  const slugs = new Map(connectors.map(({ id, slug: short }) => [id, cell(short)]));
  const total = Number((page.pagination as Fields).total);
  const lines = table([
    ["RECEIVED", "CONNECTOR", "STATUS", "ATTEMPTS", "EVENT", "RECORD OR REASON", "ID"],
    ...deliveries.map((delivery) => [
      shortTime(cell(delivery.created_at)),
      slugs.get(delivery.connector_id) ?? "deleted",
      cell(delivery.status),
      cell(delivery.attempts),
      cell(delivery.event_id),
      outcomeOf(delivery),
      cell(delivery.id),
    ]),
  ]);
  const more = total > deliveries.length ? `\n\n${deliveries.length} of ${total} are shown.` : "";
  const text = deliveries.length > 0 ? lines + more : "There are no such deliveries.";
  return { data: { deliveries, total }, text, verbatim: true };
}

function outcomeOf({ contact_id: contact, activity_id: activity, error }: Fields): string {
  if (error) return reasonOf(error as Fields);
  if (activity) return `activity ${cell(activity)}`;
  return contact ? `contact ${cell(contact)}` : "";
}
