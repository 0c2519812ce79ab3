import { declared } from "./declared.ts";

// What links in answers lead to, and what services call back, is no operation of the contract.
const app = declared(async () => (await import("./contract.ts")).contract)
  .mount("/files", () => import("../../shared/dialects/lio/download.ts"))
  .mount("/voice", () => import("../../shared/dialects/lio/voice-callbacks.ts"));

export default app;
