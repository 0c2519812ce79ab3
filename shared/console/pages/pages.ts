import type { ConsolePage } from "./console-page.ts";
import { MERGE } from "./merge/pages.tsx";
import { RECORDS } from "./records/pages.tsx";
import { SOURCES } from "./sources/pages.tsx";
import { START } from "./start/pages.tsx";

/** All pages, in the order of the menu; the first pattern that fits is taken. */
export const PAGES: readonly ConsolePage[] = [...START, ...SOURCES, ...RECORDS, ...MERGE];
