import { useEffect, useRef } from "preact/hooks";
import uPlot from "uplot";
import { colourIn } from "./colours.ts";
import type { Series } from "./plot.tsx";

interface BarPlotProps {
  /** What it shows, for screen readers; the same data stand in a table beside it. */
  label: string;
  /** What each group of bars is of. */
  names: readonly string[];
  /** One or two values of each group. */
  series: readonly Series[];
}

const HEIGHT = 240;
const COLOURS = ["--plot-1", "--plot-3"];
const SHORT = new Intl.NumberFormat(undefined, { notation: "compact" });
const LONGEST = 14;
const GROUP = 0.7;

/** Values of things that have names, side by side. */
export function BarPlot({ label, names, series }: BarPlotProps) {
  const box = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const { current } = box;
    if (current === null) return;
    let plot = drawn(current, names, series);
    const redraw = () => {
      plot.destroy();
      plot = drawn(current, names, series);
    };
    // As many names are told as there is place for.
    const resized = new ResizeObserver(redraw);
    resized.observe(current);
    const dark = matchMedia("(prefers-color-scheme: dark)");
    dark.addEventListener("change", redraw);
    return () => {
      dark.removeEventListener("change", redraw);
      resized.disconnect();
      plot.destroy();
    };
  }, [JSON.stringify([names, series])]);
  return <div class="plot" role="img" aria-label={label} ref={box} />;
}

function drawn(box: HTMLElement, names: readonly string[], series: readonly Series[]): uPlot {
  const colour = colourIn(box);
  const axis = { stroke: colour("--quiet"), grid: { stroke: colour("--line") } };
  const place = names.map((_, n) => n);
  const every = Math.max(1, Math.ceil((names.length * LONGEST * 6) / box.clientWidth));
  return new uPlot(
    {
      width: box.clientWidth,
      height: HEIGHT,
      cursor: { show: false },
      legend: { live: false },
      scales: {
        x: { time: false, range: [-0.6, names.length - 0.4] },
        y: { range: (_, low, high) => [Math.min(0, low), Math.max(high * 1.1, 1)] },
      },
      axes: [
        {
          ...axis,
          grid: { show: false },
          splits: place.filter((n) => n % every === 0),
          values: (_, at) => at.map((n) => short(names[n] ?? "")),
        },
        { ...axis, size: 56, values: (_, at) => at.map((value) => SHORT.format(value)) },
      ],
      series: [
        {},
        ...series.map(({ name }, n) => bars(name, colour(COLOURS[n] ?? ""), n, series.length)),
      ],
    },
    [place, ...series.map(({ values }) => [...values])],
    box,
  );
}

// Of two the one stands before the name's place, the other behind.
function bars(name: string, colour: string, nth: number, count: number): uPlot.Series {
  const align = count === 1 ? 0 : nth === 0 ? -1 : 1;
  const paths = uPlot.paths.bars?.({ size: [GROUP / count, 60], align });
  return {
    label: name,
    stroke: colour,
    fill: colour,
    width: 0,
    points: { show: false },
    ...(paths ? { paths } : {}),
  };
}

function short(name: string): string {
  return name.length > LONGEST ? `${name.slice(0, LONGEST - 1)}…` : name;
}
