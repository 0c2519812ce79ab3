/** A stage of a funnel, in order. */
export interface FunnelStage {
  id: string;
  name: string;
  kind: "open" | "won" | "lost";
  /** From 1. */
  position: number;
  /** Deals at the stage. */
  count: number;
  /** Deals that are or were at the stage or a later one; of a lost stage, at it. */
  reached: number;
  /** How many of those reached the next stage, in percent with one decimal; null where none follows. */
  conversionPct: number | null;
}

/** How many deals have been at exactly these stages. */
export interface Visited {
  stages: readonly string[];
  deals: number;
}

/**
 * Tells of each stage how many deals reached it, and how many of those the next open or won one. A deal
 * that skipped a stage has reached it.
 */
export function funnelOf(
  stages: readonly Omit<FunnelStage, "reached" | "conversionPct">[],
  visited: readonly Visited[],
): FunnelStage[] {
  const reached = stages.map(({ id, kind }, at) => {
    const later = kind === "lost"
      ? [id]
      : stages.slice(at).filter((one) => one.kind !== "lost").map((one) => one.id);
    const wanted = new Set(later);
    return visited.filter((one) => one.stages.some((stage) => wanted.has(stage)))
      .reduce((sum, { deals }) => sum + deals, 0);
  });
  return stages.map((stage, at) => {
    const next = stages.findIndex((one, place) => place > at && one.kind !== "lost");
    const [own = 0, following] = [reached[at], reached[next]];
    const isLast = stage.kind === "lost" || following === undefined || own === 0;
    return {
      ...stage,
      reached: own,
      conversionPct: isLast ? null : Math.round(following * 1000 / own) / 10,
    };
  });
}
