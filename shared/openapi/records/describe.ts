import type { Caller } from "../../http/caller.ts";
import type { RouteDescription } from "../../http/endpoint.ts";
import { RouteScope } from "../../http/operation.ts";
import type { Contract } from "../contract.ts";
import type { ApiDescription } from "../document.ts";
import { CONTRACT_TAG, describeDocument } from "../public-document.ts";
import type { Schema } from "../schemas.ts";
import { describeOperation } from "./operations.ts";
import type { Words } from "./words.ts";

type Route<C extends Caller> = RouteDescription<C>;

/** Describes an API whose operations describe themselves (Contract), in its words. */
export function describing<C extends Caller>(
  words: Words,
): Pick<ApiDescription<C>, "tags" | "describe"> {
  const tagOf = (path: string) => {
    const group = (path.split("/")[words.group] ?? "").replaceAll("-", " ");
    return group.charAt(0).toUpperCase() + group.slice(1);
  };
  return {
    tags: (routes) => tagsOf(words, routes, tagOf),
    describe(components, route) {
      if (route.access === "public") {
        const errors = words.errors(components, ["method_not_allowed", "failed"]);
        return describeDocument(route.document, { headers: words.headers, errors });
      }
      const { access, path } = route;
      const operation = { ...route.operation, contract: contractOf(route) };
      const scope = access instanceof RouteScope ? access.needed : null;
      return describeOperation(words, components, { path, scope, tag: tagOf(path), operation });
    },
  };
}

function contractOf<C extends Caller>(route: Exclude<Route<C>, { access: "public" }>): Contract {
  const { contract } = route.operation;
  if (contract !== undefined) return contract as Contract;
  throw new TypeError(`${route.method} ${route.path} does not describe itself`);
}

function tagsOf<C extends Caller>(
  { groups }: Words,
  routes: readonly Route<C>[],
  tagOf: (path: string) => string,
): Schema[] {
  const names = routes.flatMap(({ access, path }) => access === "public" ? [] : tagOf(path));
  return [
    ...[...new Set(names)].sort().map((name) => ({
      name,
      description: groups[name] ?? `The ${name.toLowerCase()} of the workspace.`,
    })),
    CONTRACT_TAG,
  ];
}
