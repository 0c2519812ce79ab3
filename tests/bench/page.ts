import { holds, type Line, shortfall } from "./line.ts";
import { asked, figure, type Results, spread, verdict } from "./report.ts";

const WIDTH = 640;
const LABEL = 170;
const ROW = 26;
const COLOURS = ["#8a8f98", "#2563eb", "#d08700", "#0f9d76"];

/** The report as one page with a plot a line: plain SVG, no scripts. */
export function asPage({ date, machine, versions, pace, lines }: Results): string {
  return `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>Lumenbase benchmark</title>
<style>
  body { font: 15px/1.5 system-ui, sans-serif; max-width: 700px; margin: 2rem auto; padding: 0 1rem; }
  h2 { font-size: 1rem; margin: 2rem 0 0; } p { margin: .2rem 0; } svg { max-width: 100%; }
  .short { color: #b42318; } .holds { color: #067647; } text { font: 13px system-ui, sans-serif; }
</style>
<h1>Lumenbase benchmark</h1>
<p>${escape(`${date}, ${machine}`)}.<br>${escape(versions)}.<br>${escape(pace)}
A dot is a round, the bar ends at the median.</p>
${lines.map(section).join("\n")}
</html>
`;
}

function section(line: Line): string {
  const kept = holds(line);
  const judgement = kept === null
    ? ""
    : `<p class="${kept ? "holds" : "short"}">asked ${escape(asked(line))}: ${verdict(line)}</p>`;
  const ratio = line.ratio
    ? `<p>${escape(`${line.ratio.of} / ${line.ratio.against}`)}: ${spread(line.ratio.values)}</p>`
    : "";
  const plot = line.sides.length === 1 && (line.sides[0]?.values.length ?? 0) > 1
    ? curve(line)
    : bars(line);
  const reason = shortfall(line);
  const told = reason === null ? "" : `<p>${escape(reason)}</p>`;
  return `<h2>${escape(line.name)}</h2>\n${plot}\n${ratio}\n${judgement}\n${told}`;
}

function bars({ sides, unit }: Line): string {
  const most = Math.max(...sides.flatMap(({ values }) => values));
  const across = (value: number) => LABEL + value / most * (WIDTH - LABEL - 130);
  const rows = sides.map(({ label, values }, index) => {
    const sorted = [...values].sort((a, b) => a - b);
    const middle = sorted[Math.floor(sorted.length / 2)] ?? 0;
    const y = index * ROW;
    const dots = values.map((value) =>
      `<circle cx="${across(value).toFixed(1)}" cy="${y + ROW / 2}" r="2.5" fill="#111"/>`
    );
    const width = (across(middle) - LABEL).toFixed(1);
    const colour = COLOURS[index % COLOURS.length];
    return `<text x="0" y="${y + 18}">${escape(label)}</text>
<rect x="${LABEL}" y="${y + 5}" width="${width}" height="${ROW - 10}" fill="${colour}"/>
${dots.join("")}
<text x="${WIDTH - 120}" y="${y + 18}">${figure(middle)} ${escape(unit)}</text>`;
  });
  return svg(sides.length * ROW, rows.join("\n"));
}

// One side over time, with the bound as a dashed line.
function curve({ sides, bound, unit }: Line): string {
  const values = sides[0]?.values ?? [];
  const height = 160;
  const most = Math.max(...values, bound?.value ?? 0) * 1.1;
  const down = (value: number) => (height - value / most * height).toFixed(1);
  const points = values.map((value, index) =>
    `${(index / (values.length - 1) * (WIDTH - 80)).toFixed(1)},${down(value)}`
  );
  const limit = bound
    ? `<path d="M0 ${down(bound.value)}H${WIDTH - 80}" stroke="#b42318" stroke-dasharray="5 4"/>
<text x="${WIDTH - 75}" y="${down(bound.value)}">${bound.value} ${escape(unit)}</text>`
    : "";
  return svg(
    height,
    `<polyline points="${points.join(" ")}" fill="none" stroke="${COLOURS[1]}" stroke-width="2"/>
<path d="M0 ${height}H${WIDTH - 80}" stroke="#999"/>${limit}`,
  );
}

function svg(height: number, content: string): string {
  return `<svg viewBox="0 0 ${WIDTH} ${height}" width="${WIDTH}" height="${height}">${content}</svg>`;
}

function escape(text: string): string {
  return text.replace(/[&<>"]/g, (character) => `&#${character.charCodeAt(0)};`);
}
