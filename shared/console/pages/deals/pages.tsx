import type { ConsolePage } from "../console-page.ts";
import { DealsPage } from "./deals-page.tsx";

export const DEALS: readonly ConsolePage[] = [
  { pattern: "/deals", menu: "Deals", show: () => <DealsPage /> },
];
