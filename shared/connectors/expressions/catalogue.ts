/** jsonata's functions that are safe as they are once their arguments and results are bounded. */
export const NATIVE = [
  "abs append assert average boolean ceil contains count decodeUrl decodeUrlComponent each",
  "encodeUrl encodeUrlComponent error exists filter floor formatBase formatInteger formatNumber",
  "fromMillis join keys length lookup lowercase map match max merge min not number pad",
  "parseInteger power reduce replace reverse round sift single split sqrt string substring",
  "substringAfter substringBefore sum toMillis trim type uppercase zip",
].join(" ").split(" ");

/** Functions written anew, since jsonata's own cannot be bounded or differ between platforms. */
export const OWN = ["base64decode", "base64encode", "distinct", "eval", "sort", "spread"];

/** Functions that read forms, which JSONata does not have. */
const FORMS = ["answers", "leads", "opened", "person", "unescaped"];

/** Functions of the clock. */
export const CLOCK = ["millis", "now"];

/** The names of all functions that expressions may use. */
export const available: ReadonlySet<string> = new Set([...NATIVE, ...OWN, ...FORMS, ...CLOCK]);

const INSTEAD: Record<string, string> = {
  clone: "values never change, so nothing needs a copy",
  random: "a delivery must give the same when it is replayed",
  shuffle: "a delivery must give the same when it is replayed",
};

/** Says that there is no such variable or function, and what there is instead. */
export function unavailable(name: string): string {
  const reason = Object.hasOwn(INSTEAD, name) ? INSTEAD[name] : undefined;
  if (reason !== undefined) return `$${name} is not available: ${reason}`;
  const lower = name.toLowerCase();
  const near = [...available].find((one) => one.toLowerCase() === lower) ??
    [...available].find((one) => lower.length > 2 && one.toLowerCase().includes(lower));
  const hint = near === undefined ? "" : `; did you mean $${near}?`;
  return `There is no variable or function $${name}${hint}`;
}
