import { declared } from "./declared.ts";

const app = declared(async () => (await import("./contract.ts")).contract);

export default app;
