import { builtinModules } from "node:module";
import type { Plugin } from "esbuild";

const BUILTIN = new Set(builtinModules);
const VALUE = "node-module:";

/** Node.js' own modules as the hosted runtime has them: imported, and named `node:…`. */
export const nodeModules: Plugin = {
  name: "Node.js' own modules",
  setup({ onResolve, onLoad }) {
    onResolve({ filter: /^(node:)?[a-z_/]+$/ }, ({ path, kind }) => {
      const name = path.replace(/^node:/, "");
      if (!BUILTIN.has(name)) return undefined;
      // A required one, which only an import can fetch, stands behind a module of our own.
      if (kind === "require-call") return { path: name, namespace: "required" };
      return { path: `node:${name}`, external: true };
    });
    onResolve({ filter: new RegExp(`^${VALUE}`) }, ({ path }) => ({
      path: path.slice(VALUE.length),
      namespace: "imported",
    }));
    onLoad({ filter: /.*/, namespace: "required" }, ({ path }) => ({
      contents: `module.exports = require("${VALUE}${path}").default;`,
    }));
    onLoad({ filter: /.*/, namespace: "imported" }, ({ path }) => ({
      contents: `export { default } from "node:${path}";`,
    }));
  },
};

/** Packages that pg asks for where they are there: a binding in C, and sockets of another host. */
export const absentPackages: Plugin = {
  name: "absent packages",
  setup({ onResolve, onLoad }) {
    onResolve({ filter: /^pg-(native|cloudflare)$/ }, ({ path }) => ({
      path,
      namespace: "absent",
    }));
    onLoad({ filter: /.*/, namespace: "absent" }, ({ path }) => ({
      contents: `throw new Error("${path} is left out of what is deployed");`,
    }));
  },
};
