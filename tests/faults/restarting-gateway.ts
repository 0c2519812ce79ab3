import { once } from "node:events";
import { setTimeout as sleep } from "node:timers/promises";
import { type Gateway, startGateway } from "../../supabase/local/gateway-process.ts";
import { FUNCTIONS_ENVIRONMENT } from "../support/functions-environment.ts";
import { afterwards } from "../support/workspace.ts";

const ATTEMPTS = 5;

/** A gateway that can be killed at any moment and comes back at the same address. */
export interface RestartingGateway {
  url: string;
  /** Times it was killed. */
  kills: number;
  /** Kills the process at once and starts another; one call at a time counts. */
  kill(): Promise<void>;
  /** Stops the process where it is, until what is answered is called. */
  freeze(): () => void;
  log: string[];
}

/** Starts one, which may run jobs as well; it ends with the test. */
export async function restartingGateway(
  apiUrl: string,
  { runsJobs = false } = {},
): Promise<RestartingGateway> {
  const log: string[] = [];
  const start = (port: number) =>
    startGateway({
      apiUrl,
      port,
      runsJobs,
      env: { ...process.env, ...FUNCTIONS_ENVIRONMENT },
      onLine: (line) => log.push(line),
    });
  let gateway: Gateway = await start(0);
  const { port } = gateway;
  let restarting: Promise<void> | null = null;
  afterwards(async () => {
    await restarting;
    await gateway.stop();
  });
  // A connection that the clients of the dead one tried to make may hold the port for a moment.
  const startAgain = async (): Promise<Gateway> => {
    for (let attempt = 1;; attempt++) {
      try {
        return await start(port);
      } catch (error) {
        if (attempt === ATTEMPTS) throw error;
        await sleep(100 * attempt);
      }
    }
  };
  const restart = async () => {
    const ended = once(gateway.child, "exit");
    gateway.child.kill("SIGKILL");
    await ended;
    gateway = await startAgain();
    restarting = null;
  };
  const result: RestartingGateway = {
    url: `http://127.0.0.1:${port}`,
    kills: 0,
    log,
    kill() {
      if (restarting !== null) return restarting;
      result.kills++;
      restarting = restart();
      return restarting;
    },
    freeze() {
      const { child } = gateway;
      child.kill("SIGSTOP");
      return () => void child.kill("SIGCONT");
    },
  };
  return result;
}
