import { readdirSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import type { Caller } from "../../../shared/http/caller.ts";
import type { Endpoint } from "../../../shared/http/endpoint.ts";

/** What keeps any function from serving what it declares, with every mounted router loaded. */
export async function routeProblems(root: string): Promise<string[]> {
  const names = readdirSync(join(root, "functions")).toSorted();
  const problems = names.map((name) =>
    doorProblems<Caller>(name, async () => {
      const module = pathToFileURL(join(root, "functions", name, "index.ts")).href;
      return (await import(module)).default;
    })
  );
  return (await Promise.all(problems)).flat();
}

/**
 * What is wrong with a function: a route without a scope, a router that is mounted elsewhere than it
 * says, two routes of one method that fit the same requests, or another name than its folder's.
 */
export async function doorProblems<C extends Caller>(
  name: string,
  load: () => Promise<Endpoint<C>>,
): Promise<string[]> {
  try {
    const door = await load();
    const routes = (await door.routes()).map(({ method, path }) => `${method} ${path}`);
    const first = new Map<string, string>();
    const twice = routes.filter((route) => {
      // What a parameter is called makes no difference to a request.
      const shape = route.replaceAll(/:\w+/g, ":");
      const isTaken = first.has(shape);
      if (!isTaken) first.set(shape, route);
      return isTaken;
    });
    return [
      ...(door.name === name ? [] : [`functions/${name} calls itself ${door.name}`]),
      ...twice.map((route) => `functions/${name} declares ${route} twice`),
    ];
  } catch (error) {
    return [`functions/${name}: ${error instanceof Error ? error.message : String(error)}`];
  }
}
