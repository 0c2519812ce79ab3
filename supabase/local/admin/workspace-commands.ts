import type { Command, Input, Result } from "./command.ts";
import { table } from "./output.ts";
import { Refusal } from "./refusal.ts";
import { country, limit, name, slug } from "./values.ts";
import {
  createWorkspace,
  type Limits,
  listWorkspaces,
  setCountry,
  setLimits,
  type Workspace,
} from "./workspaces.ts";

const SLUG = { placeholder: "SLUG", about: "Short name: lower-case letters, digits and hyphens." };

const LIMITS: Command["options"] = {
  "requests-per-minute": { placeholder: "N", about: "Requests a minute, at least 1." },
  "contacts-per-day": { placeholder: "N", about: "New contacts a UTC day; 0 for none." },
  "activities-per-day": { placeholder: "N", about: "New activities a UTC day; 0 for none." },
};

const NO_COUNTRY = "none";
const COUNTRY = {
  placeholder: "CODE",
  about: "Country of phone numbers without a country code, such as DE; none for no country.",
};

/** The commands of the group `workspaces`. */
export const WORKSPACE_COMMANDS: readonly Command[] = [
  {
    group: "workspaces",
    name: "create",
    about: "Make a workspace.",
    argument: SLUG,
    options: {
      name: { placeholder: "NAME", about: "Name for people; the slug when left out." },
      "default-country": COUNTRY,
      ...LIMITS,
    },
    example: 'workspaces create acme --name "Acme Ltd" --default-country DE',
    prepare({ argument, options }) {
      const workspace = {
        slug: slug(argument),
        name: name(options.name ?? argument),
        defaultCountry: defaultCountry(options["default-country"]),
        limits: limits(options),
      };
      return async (database) =>
        one(await createWorkspace(database, workspace), "Created the workspace.");
    },
  },
  {
    group: "workspaces",
    name: "list",
    about: "Show all workspaces with their limits and countries.",
    options: {},
    example: "workspaces list",
    prepare: () => async (database) => {
      const workspaces = await listWorkspaces(database);
      const text = workspaces.length > 0 ? rows(workspaces) : "There are no workspaces yet.";
      return { data: { workspaces }, text };
    },
  },
  {
    group: "workspaces",
    name: "set-limits",
    about: "Change limits of a workspace; those not given stay.",
    argument: { ...SLUG, about: "Slug of the workspace." },
    options: LIMITS,
    example: "workspaces set-limits acme --contacts-per-day 50000",
    prepare({ argument, options }) {
      const workspace = slug(argument);
      const changes = limits(options);
      if (Object.values(changes).every((value) => value === undefined)) {
        throw new Refusal(
          "invalid_argument",
          `No limit is given: add one of --${Object.keys(LIMITS).join(" N, --")} N.`,
        );
      }
      return async (database) =>
        one(await setLimits(database, workspace, changes), "Changed the limits.");
    },
  },
  {
    group: "workspaces",
    name: "set-country",
    about: "Change the country of a workspace's phone numbers.",
    argument: { ...SLUG, about: "Slug of the workspace." },
    options: { "default-country": { ...COUNTRY, required: true } },
    example: "workspaces set-country acme --default-country DE",
    notes: "Numbers stay as they are stored; they are compared as dialled in that country.",
    prepare({ argument, options }) {
      const workspace = slug(argument);
      const chosen = defaultCountry(options["default-country"]);
      return async (database) =>
        one(await setCountry(database, workspace, chosen), "Changed the country.");
    },
  },
];

function defaultCountry(text: string = NO_COUNTRY): string | null {
  return text === NO_COUNTRY ? null : country("default-country", text);
}

function limits(options: Input["options"]): Limits {
  const read = (option: string, least: 0 | 1) => {
    const text = options[option];
    return text === undefined ? undefined : limit(option, text, least);
  };
  return {
    requestsPerMinute: read("requests-per-minute", 1),
    contactsPerDay: read("contacts-per-day", 0),
    activitiesPerDay: read("activities-per-day", 0),
  };
}

function one(workspace: Workspace, done: string): Result {
  return { data: { workspace }, text: `${done}\n\n${rows([workspace])}` };
}

function rows(workspaces: readonly Workspace[]): string {
  return table([
    ["SLUG", "NAME", "COUNTRY", "REQUESTS/MIN", "CONTACTS/DAY", "ACTIVITIES/DAY", "ID"],
    ...workspaces.map((workspace) => [
      workspace.slug,
      workspace.name,
      workspace.defaultCountry ?? "",
      String(workspace.requestsPerMinute),
      String(workspace.contactsPerDay),
      String(workspace.activitiesPerDay),
      workspace.id,
    ]),
  ]);
}
