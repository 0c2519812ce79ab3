// Runs under Deno, before the gateway: shows everything in the process a clock that is wrong by
// CLOCK_SHIFT_MS. Timers and performance.now() go on as they were.
import process from "node:process";

const shift = Number(process.env.CLOCK_SHIFT_MS);
const { Date: RealDate } = globalThis;

/** The time as a machine of this wrong clock would tell it. */
function ShiftedDate(...given: unknown[]): Date | string {
  const now = RealDate.now() + shift;
  if (new.target === undefined) return new RealDate(now).toString();
  const date: Date = Reflect.construct(RealDate, given.length > 0 ? given : [now], new.target);
  return date;
}
ShiftedDate.prototype = RealDate.prototype;
ShiftedDate.now = () => RealDate.now() + shift;
ShiftedDate.parse = RealDate.parse;
ShiftedDate.UTC = RealDate.UTC;

Object.defineProperty(globalThis, "Date", {
  value: ShiftedDate,
  configurable: true,
  writable: true,
});
