import { cpus, release, totalmem, type } from "node:os";
import { holds, judged, type Line, shortfall } from "./line.ts";
import { median } from "./measure.ts";

/** All that a run found out. */
export interface Results {
  date: string;
  machine: string;
  versions: string;
  pace: string;
  lines: Line[];
}

/** The machine's shape, in a line. */
export function machine(): string {
  const [cpu] = cpus();
  const memory = Math.round(totalmem() / 2 ** 30);
  return `${cpus().length} × ${cpu?.model.trim() || "CPU"}, ${memory} GB, ${type()} ${release()}`;
}

/** One row a line: what was compared, the middle of each side, the ratio, what is asked, whether it holds. */
function tableRows(lines: readonly Line[]): string[][] {
  const heading = ["what", "sides: min / median / max", "ratio: min / median / max", "asked", ""];
  return [heading, ...lines.map(row)];
}

function row(line: Line): string[] {
  const sides = line.sides.map(({ label, values }) => `${label} ${spread(values)} ${line.unit}`);
  const ratio = line.ratio
    ? `${line.ratio.of} / ${line.ratio.against}: ${spread(line.ratio.values)}`
    : "";
  return [line.name, sides.join("; "), ratio, asked(line), verdict(line)];
}

/** What is asked of a line, as people write it. */
export function asked({ bound, ratio, unit }: Line): string {
  if (bound === undefined) return "";
  return `${bound.at === "least" ? "≥" : "≤"} ${bound.value}${ratio ? "" : ` ${unit}`}`;
}

/** Whether a line holds, and by how much it does not. */
export function verdict(line: Line): string {
  const kept = holds(line);
  if (kept === null) return "";
  if (kept) return "holds";
  const part = median(judged(line)) / (line.bound?.value ?? NaN);
  return `falls short: ${figure(part)} of what is asked`;
}

/** The least, the middle and the most of some figures. */
export function spread(values: readonly number[]): string {
  const all = [Math.min(...values), median(values), Math.max(...values)];
  return values.length === 1 ? figure(values[0] ?? NaN) : all.map(figure).join(" / ");
}

/** Three digits that count. */
export function figure(value: number): string {
  if (!Number.isFinite(value)) return "–";
  return value >= 100
    ? Math.round(value).toLocaleString("en")
    : String(Number(value.toPrecision(3)));
}

/** The table as plain text, for a terminal: a block a line. */
export function asText(lines: readonly Line[]): string {
  return lines.map((line) => {
    const sides = line.sides.map(({ label, values }) =>
      `    ${label.padEnd(20)} ${spread(values)} ${line.unit}`
    );
    const ratio = line.ratio
      ? [
        `    ${`${line.ratio.of} / ${line.ratio.against}`.padEnd(20)} ${spread(line.ratio.values)}`,
      ]
      : [];
    const end = line.bound ? `  ${asked(line)}: ${verdict(line)}` : "";
    return [line.name + end, ...sides, ...ratio].join("\n");
  }).join("\n");
}

/** The whole report as Markdown. */
export function asMarkdown(results: Results): string {
  const cells = (texts: string[]) => `| ${texts.join(" | ")} |`;
  const [heading = [], ...rows] = tableRows(results.lines);
  const reasons = results.lines.flatMap((line) => {
    const reason = shortfall(line);
    return reason === null ? [] : [`**${line.name}**: ${reason}`, ""];
  });
  return [
    "# Results of `npm run bench`",
    "",
    `${results.date}, ${results.machine}.`,
    `${results.versions}.`,
    results.pace,
    "",
    cells(heading),
    cells(heading.map(() => "---")),
    ...rows.map(cells),
    "",
    ...reasons,
  ].join("\n");
}
