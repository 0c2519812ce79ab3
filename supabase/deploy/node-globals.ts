// What packages written for Node.js take for granted, and the hosted runtime does not have.
export { Buffer } from "node:buffer";
export { default as process } from "node:process";
export { clearImmediate, setImmediate } from "node:timers";
export const global = globalThis;
