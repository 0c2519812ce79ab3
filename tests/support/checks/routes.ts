import { readdirSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import type { Endpoint } from "../../../shared/http/endpoint.ts";

/**
 * What keeps a function from serving what it declares, with every mounted router loaded: a route without
 * a scope, a router that is mounted elsewhere than it says, two routes of one method and path.
 */
export async function routeProblems(root: string): Promise<string[]> {
  const names = readdirSync(join(root, "functions")).toSorted();
  const problems = await Promise.all(names.map(async (name) => {
    try {
      const { default: door } = await import(
        pathToFileURL(join(root, "functions", name, "index.ts")).href
      ) as { default: Endpoint };
      return problemsOf(name, door, await door.routes());
    } catch (error) {
      return [`functions/${name}: ${error instanceof Error ? error.message : String(error)}`];
    }
  }));
  return problems.flat();
}

type Routes = Awaited<ReturnType<Endpoint["routes"]>>;

function problemsOf(name: string, door: Endpoint, routes: Routes): string[] {
  const taken = new Set<string>();
  return [
    ...(door.name === name ? [] : [`functions/${name} calls itself ${door.name}`]),
    ...routes.flatMap(({ method, path }) => {
      // Two parameters of different names fit the same requests.
      const route = `${method} ${path.replace(/:\w+/g, ":")}`;
      const isTwice = taken.has(route);
      taken.add(route);
      return isTwice ? [`functions/${name} declares ${method} ${path} twice`] : [];
    }),
  ];
}
