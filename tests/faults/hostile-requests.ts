import type { ContractRequest } from "../support/contract-requests.ts";
import { NAUGHTY, UNSTORABLE } from "./naughty-strings.ts";

type Dice = () => number;

const DEEP = 40;
const ODD: readonly unknown[] = [
  null,
  true,
  0,
  -0,
  -1,
  1e308,
  Number.MAX_SAFE_INTEGER,
  2 ** 53,
  1e-320,
  0.1 + 0.2,
  "",
  " ",
  [],
  {},
  [[]],
  { "": "" },
  { toString: 1, valueOf: 1 },
  { id: null },
  { $ref: "#" },
  "2026-02-30",
  "0000-01-01",
  "9999-12-31T23:59:60Z",
  "+10000-01-01T00:00:00Z",
  "00000000-0000-0000-0000-000000000000",
  "ffffffff-ffff-ffff-ffff-ffffffffffff",
  nested(DEEP),
  Array.from({ length: 200 }, (_, i) => i),
];

function nested(levels: number): unknown {
  return levels === 0 ? 1 : [nested(levels - 1)];
}

// A value that no form was made for.
function oddValue(dice: Dice): unknown {
  const share = dice();
  if (share < 0.5) return pick(NAUGHTY, dice);
  return share < 0.55 ? pick(UNSTORABLE, dice) : structuredClone(pick(ODD, dice));
}

/** The request with some of its values, names, parameters and headers replaced by odd ones. */
export function hostile(request: ContractRequest, dice: Dice): ContractRequest {
  const changed = structuredClone(request);
  const spots = [...places(changed.body)];
  for (let i = 0; i < 1 + dice() * 3 && spots.length > 0; i++) {
    const [holder, name] = pick(spots, dice);
    if (dice() < 0.15) holder[text(dice)] = oddValue(dice);
    else holder[name] = oddValue(dice);
  }
  return { ...changed, path: oddPath(changed.path, dice), headers: oddHeaders(changed, dice) };
}

function oddPath(path: string, dice: Dice): string {
  const [given = "", query = ""] = path.split("?");
  const at = given.replace(/\/\d+(?=\/|$)/g, (id) => dice() < 0.1 ? `/${oddSegment(dice)}` : id);
  const parameters = new URLSearchParams(query);
  const names = [...parameters.keys()];
  if (names.length > 0 && dice() < 0.5) parameters.set(pick(names, dice), text(dice));
  if (dice() < 0.1) parameters.append(text(dice), text(dice));
  return parameters.size > 0 ? `${at}?${parameters}` : at;
}

// An empty one, or one that goes up, would make it another path.
function oddSegment(dice: Dice): string {
  const odd = text(dice);
  return /^\.{0,2}$/.test(odd) ? "0" : encodeURIComponent(odd);
}

// Header values that fetch would refuse are sent over sockets, elsewhere.
function oddHeaders({ headers }: ContractRequest, dice: Dice): Record<string, string> {
  if (dice() > 0.2) return headers;
  const names = ["Idempotency-Key", "X-Request-Id", "X-Connector", "X-Forwarded-For", "Origin"];
  const printable = text(dice).replaceAll(/[^\x20-\x7e]/g, "").trim();
  return { ...headers, [pick(names, dice)]: printable };
}

function text(dice: Dice): string {
  return pick(NAUGHTY, dice).toWellFormed();
}

function* places(value: unknown): Generator<[Record<string, unknown>, string]> {
  if (typeof value !== "object" || value === null) return;
  for (const [name, inner] of Object.entries(value)) {
    yield [value as Record<string, unknown>, name];
    yield* places(inner);
  }
}

function pick<T>(choices: readonly T[], dice: Dice): T {
  return choices[Math.floor(dice() * choices.length)]!;
}
