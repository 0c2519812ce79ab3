import jsonata from "jsonata";
import { CLOCK, NATIVE, OWN } from "./catalogue.ts";
import { checkArguments } from "./guards.ts";
import { ownFunctions } from "./library.ts";
import { checkDateFormat } from "./pictures.ts";
import type { Run } from "./run.ts";
import { isFunction } from "./values.ts";
import type { LinearRegex, Match } from "./linear-regex.ts";

type Implementation = (this: unknown, ...args: unknown[]) => unknown;

/** A function as jsonata defines its own. */
interface Definition {
  _jsonata_function: true;
  implementation: Implementation;
  /** Checks the arguments, and fills in the context for those that may be left out. */
  signature?: unknown;
  /** How many arguments a callback is given. */
  arity?: number;
}

const natives = nativeDefinitions([...NATIVE, ...OWN, ...CLOCK]);

/** All functions that an expression may use, bounded by the run, by name. */
export function functionsFor(run: Run): Record<string, unknown> {
  const functions: Record<string, unknown> = {};
  for (const name of NATIVE) {
    const { implementation } = nativeOf(name);
    functions[name] = bounded(name, implementation, run);
  }
  for (const [name, own] of Object.entries(ownFunctions(run))) {
    functions[name] = bounded(name, own, run);
  }
  functions.now = bounded("now", (picture, zone) => now(run, picture, zone), run);
  functions.millis = bounded("millis", () => run.budget.startedAt.getTime(), run);
  return functions;
}

/** A regular expression as the function that jsonata takes for one. */
export function matcherFor(regex: LinearRegex, run: Run): Implementation {
  const matcher = (text: unknown, from: number): (Match & { next: () => unknown }) | undefined => {
    run.check();
    if (typeof text !== "string") return undefined;
    const found = regex.find(text, from);
    if (found === undefined) return undefined;
    // A match without text would be found again and again.
    const next = () => matcher(text, Math.max(found.end, found.start + 1));
    return { ...found, next };
  };
  return (text) => matcher(text, 0);
}

function bounded(name: string, implementation: Implementation, run: Run): Definition {
  const { signature, arity } = natives.get(name) ?? { arity: implementation.length };
  return {
    _jsonata_function: true,
    signature,
    arity,
    implementation(...args) {
      run.check();
      checkArguments(name, args, run.budget.sizes);
      const stepping = args.map((arg) => isFunction(arg) ? stepped(arg, this, run) : arg);
      const result = implementation.apply(this, stepping);
      return result instanceof Promise ? result.then(admitted) : admitted(result);
    },
  };

  function admitted(result: unknown): unknown {
    run.budget.admit(result);
    return result;
  }
}

// A callback that is itself one of jsonata's functions would run without a step being counted.
function stepped(callback: unknown, focus: unknown, run: Run): Implementation {
  const calling = async (...args: unknown[]) => {
    await run.step();
    const result = await call(callback, focus, args);
    run.budget.admit(result);
    if (typeof result === "object" && result !== null && "next" in result) {
      if (isFunction(result.next)) return { ...result, next: stepped(result.next, focus, run) };
    }
    return result;
  };
  return Object.assign(calling, { arity: arityOf(callback) });
}

function call(callback: unknown, focus: unknown, args: unknown[]): unknown {
  if (typeof callback === "function") return Reflect.apply(callback, focus, args);
  const { apply, implementation } = callback as {
    apply?: (focus: unknown, args: unknown[]) => unknown;
    implementation?: Implementation;
  };
  return implementation === undefined ? apply?.(focus, args) : implementation.apply(focus, args);
}

function arityOf(callback: unknown): number {
  const { arity, length } = callback as { arity?: number; length?: number };
  if (arity !== undefined || typeof callback === "function") return arity ?? length ?? 0;
  return (callback as { arguments?: unknown[] }).arguments?.length ?? 0;
}

function now(run: Run, picture: unknown, zone: unknown): unknown {
  checkDateFormat(picture, zone, undefined);
  return nativeOf("fromMillis").implementation(run.budget.startedAt.getTime(), picture, zone);
}

function nativeOf(name: string): Definition {
  const native = natives.get(name);
  if (native === undefined) throw new Error(`jsonata has no function $${name}.`);
  return native;
}

// jsonata shows its functions only to the frames of an evaluation, the first of which it makes at once.
function nativeDefinitions(names: string[]): Map<string, Definition> {
  const definitions = new Map<string, Definition>();
  const probe = jsonata("null");
  const capture = (frame: jsonata.Environment) => {
    for (const name of names) {
      const { implementation, signature } = frame.lookup(name) as Definition;
      definitions.set(name, {
        _jsonata_function: true,
        implementation,
        signature,
        arity: implementation.length,
      });
    }
  };
  Reflect.apply(probe.assign, probe, [Symbol.for("jsonata.__createFrame_push"), capture]);
  void probe.evaluate(null);
  return definitions;
}
