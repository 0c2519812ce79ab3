import { APPS } from "../../../shared/connected/account.ts";
import { connectApp, type ConnectedApp, disconnectApp, listApps, type WhichApp } from "./apps.ts";
import type { Command, Input } from "./command.ts";
import { jsonObject } from "./files.ts";
import { shortTime, table } from "./output.ts";
import { printable, quoted, Refusal } from "./refusal.ts";
import { choice, email, slug } from "./values.ts";

const WORKSPACE = { placeholder: "SLUG", about: "Its workspace.", required: true } as const;
const USER = { placeholder: "EMAIL", about: "Whose app it is: the organisation's when left out." };
/** A channel of Slack by its id, or by its name, which has no blanks. */
const CHANNEL = /^(#[^\s#]{1,80}|[A-Z0-9]{2,20})$/u;
const PROVIDER = { placeholder: "PROVIDER", about: `${APPS.join(", ")}.` };

/** The commands of the group `apps`. */
export const APP_COMMANDS: readonly Command[] = [
  {
    group: "apps",
    name: "connect",
    about: "Connect another service for an organisation, or a calendar for a user.",
    argument: PROVIDER,
    options: {
      workspace: WORKSPACE,
      user: USER,
      credentials: {
        placeholder: "JSON",
        about: "Its tokens, or @ and a file with them.",
        required: true,
      },
      channel: {
        placeholder: "CHANNEL",
        about: "Where Slack shows notifications: a channel's id, or # and its name.",
      },
    },
    example: "apps connect slack --workspace acme --credentials @slack.json --channel '#sales'",
    notes: 'The credentials are {"access_token": "…"}, with "refresh_token", "client_id", ' +
      '"client_secret" and "expires_at" where an access is to be renewed. They are stored ' +
      "encrypted and never shown. Given otherwise than as @FILE they stay in the shell's history.",
    prepare(input) {
      const which = whichOf(input);
      const given = jsonObject("credentials", input.options.credentials ?? "");
      const settings = settingsOf(which, input);
      return async (database) =>
        one(await connectApp(database, which, given, settings), "Connected the app.");
    },
  },
  {
    group: "apps",
    name: "list",
    about: "Show the apps of a workspace.",
    options: { workspace: WORKSPACE },
    example: "apps list --workspace acme",
    prepare({ options }) {
      const workspace = slug(options.workspace ?? "");
      return async (database) => {
        const apps = await listApps(database, workspace);
        return {
          data: { apps },
          text: apps.length > 0 ? rows(apps) : "There are no apps yet.",
        };
      };
    },
  },
  {
    group: "apps",
    name: "disconnect",
    about: "Forget an app with its credentials.",
    argument: PROVIDER,
    options: { workspace: WORKSPACE, user: USER },
    example: "apps disconnect slack --workspace acme",
    prepare(input) {
      const which = whichOf(input);
      return async (database) => one(await disconnectApp(database, which), "Disconnected the app.");
    },
  },
];

function whichOf({ argument, options }: Input): WhichApp {
  return {
    provider: choice("provider", argument, APPS),
    workspace: slug(options.workspace ?? ""),
    user: options.user === undefined ? null : email(options.user),
  };
}

function settingsOf({ provider }: WhichApp, { options: { channel } }: Input) {
  if (channel === undefined) return {};
  if (provider !== "slack") throw new Refusal("invalid_argument", "--channel is Slack's alone.");
  if (CHANNEL.test(channel)) return { channel };
  throw new Refusal(
    "invalid_argument",
    `--channel ${
      quoted(channel)
    } is no channel: give its id, such as C012AB3CD, or # and its name.`,
  );
}

function one(app: ConnectedApp, said: string) {
  return { data: { app }, text: `${said}\n\n${rows([app])}` };
}

function rows(apps: readonly ConnectedApp[]): string {
  return table([
    ["PROVIDER", "USER", "STATUS", "CONNECTED"],
    ...apps.map(({ provider, user, status, connectedAt }) => [
      provider,
      user === null ? "-" : printable(user),
      status,
      shortTime(connectedAt),
    ]),
  ]);
}
