import { apiLogin } from "../migrate.ts";
import type { Command } from "./command.ts";
import { housekeep } from "./housekeeping.ts";
import { Refusal } from "./refusal.ts";

/** The commands of the group `database`. */
export const DATABASE_COMMANDS: readonly Command[] = [
  {
    group: "database",
    name: "login",
    about: "Give the functions' role a new password and show its connection URL.",
    options: {
      "pooler-port": { placeholder: "PORT", about: "Port of the URL, such as a pooler's 6543." },
    },
    example: "database login --pooler-port 6543",
    notes:
      "Set the URL as the secret LUMENBASE_DATABASE_URL. Functions that still run with the old\n" +
      "password lose the database until then.",
    prepare({ options }) {
      const port = options["pooler-port"];
      if (port !== undefined && !isPort(port)) {
        throw new Refusal("invalid_argument", "--pooler-port must be a port, from 1 to 65535.");
      }
      return async (_database, ownerUrl) => {
        const url = new URL(await apiLogin(ownerUrl));
        if (port !== undefined) url.port = port;
        return { data: { url: url.href }, text: url.href };
      };
    },
  },
  {
    group: "database",
    name: "housekeep",
    about: "Remove what is no longer kept: old idempotency keys, deliveries, events, requests.",
    options: {},
    example: "database housekeep",
    notes: "The worker does this by itself every five minutes, as does pg_cron where there is one.",
    prepare: () => async (database) => {
      const removed = await housekeep(database);
      const { idempotencyKeys, deliveries, events, deadJobs, requests, others } = removed;
      const text = `Removed ${idempotencyKeys} idempotency keys, ${deliveries} deliveries, ` +
        `${events} events, ${deadJobs} dead jobs, ${requests} logged requests and ${others} others.`;
      return { data: { removed }, text };
    },
  },
];

function isPort(text: string): boolean {
  return /^\d{1,5}$/.test(text) && Number(text) >= 1 && Number(text) <= 65_535;
}
