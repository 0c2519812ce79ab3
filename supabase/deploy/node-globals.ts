// What packages written for Node.js take for granted, and the hosted runtime does not have.
export { Buffer } from "node:buffer";
export { default as process } from "node:process";
export {
  clearImmediate,
  clearInterval,
  clearTimeout,
  setImmediate,
  setInterval,
  setTimeout,
} from "node:timers";
export const global = globalThis;
