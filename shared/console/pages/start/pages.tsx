import type { ConsolePage } from "../console-page.ts";
import { StartPage } from "./start-page.tsx";

export const START: readonly ConsolePage[] = [
  { pattern: "/", menu: "Start", show: () => <StartPage /> },
];
