import process from "node:process";

/** The processor time of this process from now on; none where the runtime does not tell (Deno 2.1). */
export class ProcessorTime {
  readonly #start = isTold ? process.cpuUsage() : null;

  get seconds(): number {
    if (this.#start === null) return 0;
    const { user, system } = process.cpuUsage(this.#start);
    return (user + system) / 1_000_000;
  }
}

// What only warns that it is missing looks as if it were there.
const isTold = !String(process.cpuUsage).includes("warnNotImplemented");
