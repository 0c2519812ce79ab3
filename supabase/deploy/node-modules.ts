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

/** What pg asks for in case it is there or needed: a binding in C, sockets of another host, a file. */
export const absentModules: Plugin = {
  name: "absent modules",
  setup({ onResolve, onLoad }) {
    onResolve(
      { filter: /^(pg-native|pg-cloudflare|pgpass|\.\/native)$/ },
      ({ path, importer }) =>
        /[/\\]node_modules[/\\]pg[/\\]/.test(importer) ? { path, namespace: "absent" } : undefined,
    );
    onLoad({ filter: /.*/, namespace: "absent" }, ({ path }) => ({
      contents: `throw new Error("${path} is left out of what is deployed");`,
    }));
  },
};
