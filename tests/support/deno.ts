import { createRequire } from "node:module";

/** The real Deno binary: the package's own shim waits on a child and loses signals. */
export const denoBinary: string = createRequire(import.meta.url)("deno/install_api.cjs")
  .runInstall();
