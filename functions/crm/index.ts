import { declared } from "./declared.ts";

// Links in mail are for its recipients, not for who reads the contract.
const app = declared(async () => (await import("./contract.ts")).contract)
  .mount("/mail", () => import("../../shared/dialects/crm-http/mail-links.ts"));

export default app;
