/** The longest that expressions run before other work of the process has its turn, milliseconds. */
const SLICE = 5;

const waiting: (() => void)[] = [];
let taken = false;
let sliceStart: number | undefined;

/** Waits until no other evaluation of this process runs: so a running one's time is its own. */
export async function takeTurn(): Promise<void> {
  if (taken) await new Promise<void>((resolve) => waiting.push(resolve));
  else taken = true;
}

/** Ends a turn: the evaluation that has waited longest goes on, in a later task if a slice is over. */
export function passTurn(): void {
  const next = waiting.shift();
  if (next === undefined) taken = false;
  else if (sliceIsOver(performance.now())) setTimeout(next, 0);
  else next();
}

/** Lets the event loop go, and waits for the next turn. */
export async function yieldTurn(): Promise<void> {
  passTurn();
  await new Promise((resolve) => setTimeout(resolve, 0));
  await takeTurn();
}

/** Whether expressions have run for a whole slice since the event loop last went. */
export function sliceIsOver(now: number): boolean {
  if (sliceStart === undefined) {
    sliceStart = now;
    setTimeout(() => {
      sliceStart = undefined;
    }, 0);
  }
  return now - sliceStart >= SLICE;
}
