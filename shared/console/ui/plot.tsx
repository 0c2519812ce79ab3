import { useEffect, useRef } from "preact/hooks";
import uPlot from "uplot";

/** A line or bars of a plot: null is a gap. */
export interface Series {
  name: string;
  values: readonly (number | null)[];
}

interface PlotProps {
  /** What it shows, for screen readers; the same data stand in a table beside it. */
  label: string;
  /** Where each value stands: Unix seconds. */
  times: readonly number[];
  series: readonly Series[];
  kind?: "line" | "bars";
}

const HEIGHT = 220;
const COLOURS = ["--plot-1", "--plot-2", "--plot-3", "--plot-4"];

/** Values over time. */
export function Plot({ label, times, series, kind = "line" }: PlotProps) {
  const box = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const { current } = box;
    if (current === null) return;
    const draw = () => drawn(current, times, series, kind);
    let plot = draw();
    const resized = new ResizeObserver(() =>
      plot.setSize({ width: current.clientWidth, height: HEIGHT })
    );
    resized.observe(current);
    const dark = matchMedia("(prefers-color-scheme: dark)");
    const redraw = () => {
      plot.destroy();
      plot = draw();
    };
    dark.addEventListener("change", redraw);
    return () => {
      dark.removeEventListener("change", redraw);
      resized.disconnect();
      plot.destroy();
    };
  }, [JSON.stringify([times, series, kind])]);
  return <div class="plot" role="img" aria-label={label} ref={box} />;
}

function drawn(
  box: HTMLElement,
  times: readonly number[],
  series: readonly Series[],
  kind: "line" | "bars",
): uPlot {
  const style = getComputedStyle(box);
  const colour = (name: string) => style.getPropertyValue(name).trim();
  const axis = { stroke: colour("--quiet"), grid: { stroke: colour("--line") } };
  const bars = kind === "bars" ? uPlot.paths.bars?.({ size: [0.6, 60] }) : undefined;
  return new uPlot(
    {
      width: box.clientWidth,
      height: HEIGHT,
      axes: [axis, axis],
      series: [
        {},
        ...series.map(({ name }, n) => ({
          label: name,
          stroke: colour(COLOURS[n % COLOURS.length] ?? "--plot-1"),
          ...(bars ? { fill: colour(COLOURS[n % COLOURS.length] ?? "--plot-1"), paths: bars } : {}),
          width: 2,
        })),
      ],
    },
    [[...times], ...series.map(({ values }) => [...values])],
    box,
  );
}
