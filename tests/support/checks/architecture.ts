import { posix } from "node:path";
import { isBare, packageOf, type SourceFile, sourceFiles } from "./source-files.ts";

/** What the files of one folder may import: everything that is not refused. */
interface Layer {
  folder: string;
  /** Folders and packages. */
  never: readonly string[];
}

const LAYERS: readonly Layer[] = [
  { folder: "shared/", never: ["functions/"] },
  { folder: "shared/http/", never: ["shared/openapi/"] },
  { folder: "shared/connectors/", never: ["shared/http/", "shared/openapi/", "hono"] },
  {
    folder: "shared/crm/",
    never: ["shared/connectors/", "shared/http/", "shared/openapi/", "hono"],
  },
  {
    folder: "shared/db/",
    never: ["shared/connectors/", "shared/crm/", "shared/http/", "shared/openapi/", "hono"],
  },
];
/** A function is a door, not a room: these, its own folder, and nothing else. */
const OPEN_TO_FUNCTIONS = ["shared/http/", "shared/connectors/", "shared/crm/", "shared/auth/"];
/** The contract describes the other functions, and the reference page shows the contract. */
const OPEN_TO_ONE: Readonly<Record<string, readonly string[]>> = {
  "functions/v1-public-openapi/": ["functions/", "shared/openapi/"],
  "functions/v1-public-docs/": ["functions/v1-public-openapi/", "shared/openapi/"],
};

/** The arrows `functions → shared/http → shared/crm → shared/db`, and every import against them. */
export function architectureProblems(root: string): string[] {
  return sourceFiles(root, ["functions", "shared"]).flatMap((file) =>
    file.imports.flatMap(({ specifier, line }) => {
      const problem = refusal(file, specifier);
      return problem ? [`${file.path}:${line} imports ${specifier}: ${problem}`] : [];
    })
  );
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
  const layer = LAYERS.find(({ folder, never }) =>
    file.path.startsWith(folder) &&
    never.some((refused) => target === refused || target.startsWith(refused))
  );
  return layer && `${layer.folder} must not know ${layer.never.join(", ")}`;
}
