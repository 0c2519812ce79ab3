import { posix } from "node:path";
import { circles } from "./circles.ts";
import { isBare, packageOf, type SourceFile, sourceFiles } from "./source-files.ts";

/** What files below a folder may not import. */
interface Layer {
  folder: string;
  /** Folders, packages. */
  never: readonly string[];
}

const FEATURES = [
  "shared/connectors/",
  "shared/automations/",
  "shared/webhooks/",
  "shared/mail/",
  "shared/integrations/",
  "shared/connected/",
  "shared/enrichment/",
  "shared/bulk/",
  "shared/scoring/",
  "shared/drafting/",
  "shared/forecasting/",
  "shared/notifications/",
  "shared/voice/",
  "shared/files/",
];
/** What features hand on to one another, without knowing any. */
const BETWEEN = ["shared/events/", "shared/jobs/"];
const ABOVE_THE_CORE = [...FEATURES, ...BETWEEN];
/** What stands above the features: HTTP and what is said over it. */
const OUTSIDE = [
  "shared/dialects/",
  "shared/operations/",
  "shared/openapi/",
  "shared/http/",
  "functions/",
  "hono",
];
const BASE = ["shared/formats/", "shared/refusals/", "shared/memory/", "shared/auth/"];

/** What browsers run: bundled by itself, it speaks to the functions over HTTP alone. */
export const CONSOLE = "shared/console/";

const LAYERS: readonly Layer[] = [
  { folder: "shared/", never: ["functions/"] },
  {
    folder: "shared/http/",
    never: ["shared/dialects/", "shared/operations/", "shared/openapi/", "shared/crm/"]
      .concat("shared/providers/", ABOVE_THE_CORE),
  },
  {
    folder: "shared/openapi/",
    never: ["shared/dialects/", "shared/operations/", "shared/crm/", ...ABOVE_THE_CORE],
  },
  {
    folder: "shared/operations/",
    never: ["shared/dialects/", "shared/providers/", ...ABOVE_THE_CORE],
  },
  ...FEATURES.map((folder) => ({ folder, never: OUTSIDE })),
  { folder: "shared/events/", never: [...OUTSIDE, ...FEATURES, "shared/limits/"] },
  {
    folder: "shared/jobs/",
    never: [...OUTSIDE, ...FEATURES, "shared/events/", "shared/crm/", "shared/limits/"]
      .concat("shared/providers/"),
  },
  {
    folder: "shared/crm/",
    never: [...OUTSIDE, ...ABOVE_THE_CORE, "shared/limits/", "shared/providers/"],
  },
  ...["shared/providers/", "shared/limits/"].map((folder) => ({
    folder,
    never: [...OUTSIDE, ...ABOVE_THE_CORE, "shared/crm/", "shared/db/"],
  })),
  ...BASE.map((folder) => ({ folder, never: [...OUTSIDE, ...ABOVE_THE_CORE, "shared/crm/"] })),
  {
    folder: "shared/db/",
    never: [...OUTSIDE, ...ABOVE_THE_CORE, "shared/crm/", "shared/limits/", "shared/refusals/"],
  },
];
/** A function is a door, not a room: these, its own folder, and nothing else. */
const OPEN_TO_FUNCTIONS = [
  "shared/dialects/",
  "shared/http/",
  "shared/connectors/",
  "shared/crm/",
  "shared/auth/",
];
/** What publishes a contract, of which the native one describes the other functions, and what works off jobs. */
const OPEN_TO_ONE: Readonly<Record<string, readonly string[]>> = {
  "functions/crm/": ["shared/openapi/"],
  "functions/leadhub/": ["shared/openapi/"],
  "functions/lio/": ["shared/openapi/"],
  "functions/worker/": ["shared/jobs/", "shared/events/", ...FEATURES],
  "functions/v1-public-openapi/": ["functions/", "shared/openapi/"],
  "functions/v1-public-docs/": ["functions/v1-public-openapi/", "shared/openapi/"],
};

/**
 * Every import against the arrows `functions → dialects → operations → (openapi, http) and crm` and
 * `dialects → features → events, jobs → crm → db`, of one API by another, or in a circle, types included.
 */
export function architectureProblems(root: string): string[] {
  const files = sourceFiles(root, ["functions", "shared"]);
  const against = files.flatMap((file) =>
    file.imports.flatMap(({ specifier, line }) => {
      const problem = refusal(file, specifier);
      return problem ? [`${file.path}:${line} imports ${specifier}: ${problem}`] : [];
    })
  );
  return [...against, ...circles(files).map((circle) => `a circle: ${circle.join(" → ")}`)];
}

function refusal(file: SourceFile, specifier: string): string | undefined {
  if (/^(\/|(?!node:)[a-z]+:)/.test(specifier)) {
    return "use a relative path, or a name in deno.json";
  }
  const target = isBare(specifier) || specifier.startsWith("node:")
    ? packageOf(specifier)
    : posix.join(posix.dirname(file.path), specifier);
  if (specifier.startsWith(".") && !/^(functions|shared)\//.test(target)) {
    return "only functions/ and shared/ are deployed";
  }
  if (file.path.startsWith("functions/")) {
    const own = file.path.split("/", 2).join("/") + "/";
    const open = [...OPEN_TO_FUNCTIONS, ...OPEN_TO_ONE[own] ?? [], own];
    const allowed = open.some((folder) => target.startsWith(folder));
    return allowed ? undefined : `a function may import ${OPEN_TO_FUNCTIONS.join(", ")} only`;
  }
  if (file.path.startsWith(CONSOLE) !== target.startsWith(CONSOLE) && !isBare(specifier)) {
    return "the console is apart: it calls the public APIs";
  }
  if (isAnotherDialect(file.path, target)) return "one API must not know another";
  const layer = LAYERS.find(({ folder, never }) =>
    file.path.startsWith(folder) &&
    never.some((refused) => target === refused || target.startsWith(refused))
  );
  return layer && `${layer.folder} must not know ${layer.never.join(", ")}`;
}

function isAnotherDialect(path: string, target: string): boolean {
  const dialect = /^shared\/dialects\/[^/]+\//;
  const [own, other] = [dialect.exec(path)?.[0], dialect.exec(target)?.[0]];
  return own !== undefined && other !== undefined && own !== other;
}
