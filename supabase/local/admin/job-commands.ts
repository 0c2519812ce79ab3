import { JOB_STATUSES } from "../../../shared/crm/jobs.ts";
import type { Action, Command, Input } from "./command.ts";
import { findJob, type Job, listJobs, retryDeadJobs, retryJob } from "./jobs.ts";
import { shortTime, table } from "./output.ts";
import { printable, quoted, Refusal } from "./refusal.ts";
import { choice, limit, slug } from "./values.ts";

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;
const MOST = 1000;
const KIND = { placeholder: "KIND", about: "Only those of this kind, such as webhooks.deliver." };

/** The commands of the group `jobs`. */
export const JOB_COMMANDS: readonly Command[] = [
  {
    group: "jobs",
    name: "list",
    about: "Show what waits, runs or is dead, newest first; what succeeded is gone.",
    options: {
      workspace: { placeholder: "SLUG", about: "Only those of this workspace." },
      status: { placeholder: "STATUS", about: `Only ${JOB_STATUSES.join(", ")} ones.` },
      kind: KIND,
      limit: { placeholder: "N", about: `How many: 25 when left out, at most ${MOST}.` },
    },
    example: "jobs list --workspace acme --status dead",
    notes: "A dead job has used up its attempts, or another could not succeed. It is kept 30 days.",
    prepare({ options }) {
      const filter = {
        workspace: options.workspace === undefined ? undefined : slug(options.workspace),
        status: options.status === undefined
          ? undefined
          : choice("status", options.status, JOB_STATUSES),
        kind: options.kind,
      };
      const most = limit("limit", options.limit ?? "25", 1, MOST);
      return async (database) => {
        const jobs = await listJobs(database, filter, most);
        const text = jobs.length > 0 ? rows(jobs) : "There are no such jobs.";
        return { data: { jobs }, text, verbatim: true };
      };
    },
  },
  {
    group: "jobs",
    name: "show",
    about: "Show a job with its payload and why it failed last.",
    argument: { placeholder: "ID", about: "Id of the job." },
    options: {},
    example: "jobs show 01a2269a-2df4-7e8b-a3df-efc69f969b11",
    prepare({ argument }) {
      const id = jobId(argument);
      return async (database) => {
        const job = await findJob(database, id);
        const fields = Object.entries(job).map(([name, value]) => [name, cell(value)]);
        return { data: { job }, text: table(fields), verbatim: true };
      };
    },
  },
  {
    group: "jobs",
    name: "retry",
    about: "Let dead jobs run again, with all their attempts.",
    argument: { placeholder: "ID", about: "Id of the job.", optional: true },
    options: {
      "all-dead": { placeholder: "", about: "All dead ones of a workspace, instead of one." },
      workspace: { placeholder: "SLUG", about: "With --all-dead: their workspace." },
      kind: { ...KIND, about: "With --all-dead: only those of this kind." },
    },
    example: "jobs retry --all-dead --workspace acme --kind webhooks.deliver",
    prepare({ argument, options }) {
      if (options["all-dead"] !== undefined) return retryAll(argument, options);
      if (options.workspace !== undefined || options.kind !== undefined) throw notNamed(argument);
      if (argument === "") throw notNamed(argument);
      const id = jobId(argument);
      return async (database) => {
        const job = await retryJob(database, id);
        return { data: { job }, text: `The job is due.\n\n${rows([job])}`, verbatim: true };
      };
    },
  },
];

function retryAll(argument: string, { workspace, kind }: Input["options"]): Action {
  if (argument !== "" || workspace === undefined) throw notNamed(argument);
  const of = slug(workspace);
  return async (database) => {
    const retried = await retryDeadJobs(database, of, kind);
    const text = `${retried} dead ${retried === 1 ? "job is" : "jobs are"} due again.`;
    return { data: { retried }, text };
  };
}

function notNamed(argument: string): Refusal {
  const what = argument === "" ? "No job is named" : "One job is named beside others";
  return new Refusal(
    "invalid_argument",
    `${what}: give either the id that \`npm run admin -- jobs list\` shows, or --all-dead with ` +
      "--workspace SLUG for all dead ones there.",
  );
}

function jobId(text: string): string {
  if (UUID.test(text)) return text.toLowerCase();
  throw new Refusal(
    "invalid_argument",
    `${quoted(text)} is no job's id: give the one that \`npm run admin -- jobs list\` shows.`,
  );
}

function rows(jobs: readonly Job[]): string {
  return table([
    ["DUE", "WORKSPACE", "KIND", "STATUS", "ATTEMPTS", "LAST ERROR", "ID"],
    ...jobs.map((job) => [
      shortTime(job.run_at),
      job.workspace,
      job.kind,
      job.status,
      String(job.attempts),
      short(job.last_error ?? ""),
      job.id,
    ]),
  ]);
}

function short(text: string): string {
  const shown = [...printable(text)];
  return shown.length > 60 ? `${shown.slice(0, 60).join("")}…` : shown.join("");
}

function cell(value: unknown): string {
  return typeof value === "string" ? value : JSON.stringify(value);
}
