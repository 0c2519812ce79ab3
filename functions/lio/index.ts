import { declared } from "./declared.ts";

// What links in answers lead to is no operation of the contract.
const app = declared(async () => (await import("./contract.ts")).contract)
  .mount("/files", () => import("../../shared/dialects/lio/download.ts"));

export default app;
