import { setTimeout as sleep } from "node:timers/promises";
import { expect } from "vitest";
import { endLeases } from "../support/jobs.ts";
import type { SmtpMailbox } from "../support/providers/smtp-mailbox.ts";
import { asOwner } from "../support/workspace.ts";
import { dice } from "./form.ts";
import type { PatientClient } from "./patient-client.ts";
import type { RestartingGateway } from "./restarting-gateway.ts";
import type { RestartingPostgres } from "./restarting-postgres.ts";

/** What is struck. */
export interface Struck {
  functions: RestartingGateway;
  workers: readonly RestartingGateway[];
  postgres: RestartingPostgres;
  box: SmtpMailbox;
}

/** Ways to strike, at moments that the seed decides. */
export interface LeadStrikes {
  /** Kills the functions and PostgreSQL amid so many changes that `client` makes. */
  amidChanges(client: PatientClient, changes: number): Promise<void>;
  /** Kills the workers, once one of them has had a mail taken and does not know it. */
  killWorkers(): Promise<void>;
  /** Lets each worker hang amid a step, if it gets one soon, until others may have done it. */
  hangWorkers(): Promise<void>;
  /** How often one did. */
  hangs: number;
}

const LATEST_MS = 1_000;
/** How often a worker is looked at for a step that it has. */
const LOOKS = 10;

export function leadStrikes({ functions, workers, postgres, box }: Struck): LeadStrikes {
  const random = dice("leads");
  const aMoment = () => sleep(random() * LATEST_MS);
  const strikes: LeadStrikes = {
    hangs: 0,
    async amidChanges(client, changes) {
      // By what is answered, so that they strike neither before the changes nor after them.
      const before = client.answers;
      await client.answered(before + Math.ceil(random() * changes / 2));
      await functions.kill();
      await client.answered(before + Math.ceil((0.5 + random() / 4) * changes));
      await postgres.kill(postgres.kills % 2 === 0 ? "SIGKILL" : "SIGQUIT");
    },
    async killWorkers() {
      box.behaviour.mute = true;
      await expect.poll(() => box.arrived.length).toBeGreaterThan(0);
      await aMoment();
      await Promise.all(workers.map((one) => one.kill()));
      box.behaviour.mute = false;
      box.answer();
      // What the dead held is free at once.
      await endLeases();
      await asOwner("select app.find_inactive_leads()");
    },
    async hangWorkers() {
      for (const worker of workers) {
        let isAmid = false;
        for (let look = 0; look < LOOKS && !isAmid; look++) {
          const goOn = worker.freeze();
          const running = await runningSteps();
          await aMoment();
          // The others have ended theirs by now.
          isAmid = (await runningSteps()).some((lease) => running.includes(lease));
          if (isAmid) await letOthersTry(goOn);
          else goOn();
          await aMoment();
        }
        strikes.hangs += Number(isAmid);
      }
    },
  };
  return strikes;
}

/** The leases of the steps that are being taken. */
async function runningSteps(): Promise<string[]> {
  const text = "select lease from crm.jobs where kind = 'automations.step' and status = 'running'";
  return (await asOwner<{ lease: string }>(text)).map(({ lease }) => lease);
}

async function letOthersTry(goOn: () => void): Promise<void> {
  // Not awaited before it goes on: it may be about to end a job, whose row it then holds.
  const ended = endLeases();
  await sleep(LATEST_MS);
  goOn();
  await ended;
}
