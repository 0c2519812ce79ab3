import type { ConsolePage } from "../console-page.ts";
import { NewSourcePage } from "./new-source-page.tsx";

export const SOURCES: readonly ConsolePage[] = [
  { pattern: "/sources/new", role: "admin", show: () => <NewSourcePage /> },
];
