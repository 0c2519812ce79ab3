// For `deno check` alone: TypeScript 5.6 in Deno 2.1 knows no generic `Uint8Array`, and Deno passes
// over the declaration of `Buffer` that @types/node keeps for it.
/// <reference types="npm:@types/node/ts5.6/buffer.buffer.d.ts" />
