import type { Deal, Stage } from "./deals.ts";

/** A stage with the deals of it that are loaded. */
export interface Lane {
  stage: Stage;
  deals: readonly Deal[];
  /** How many there are, loaded or not, that the search finds. */
  total: number;
  /** Where the deals go on that are not loaded; null when all are. */
  next: string | null;
  isLoading: boolean;
  error: Error | null;
}

export type Lanes = readonly Lane[];

/** A lane that is about to be loaded. */
export function emptyLane(stage: Stage): Lane {
  return { stage, deals: [], total: 0, next: null, isLoading: true, error: null };
}

/** The stage that a loaded deal is at. */
export function stageIn(lanes: Lanes, id: string): Stage | undefined {
  return lanes.find(({ deals }) => deals.some((deal) => deal.id === id))?.stage;
}

/** The lanes with a deal on top of one, and in no other. */
export function placed(lanes: Lanes, deal: Deal, to: Stage): Lanes {
  const others = without(lanes, deal.id);
  const lane = others.find(({ stage }) => stage.id === to.id);
  if (lane === undefined) return others;
  const deals = [{ ...deal, stage: to.name }, ...lane.deals];
  return changed(others, to, { deals, total: lane.total + 1 });
}

/** The lanes with what is now stored of a deal, which stays where it is. */
export function replaced(lanes: Lanes, deal: Deal): Lanes {
  return lanes.map((lane) => ({
    ...lane,
    deals: lane.deals.map((one) => one.id === deal.id ? { ...deal, stage: lane.stage.name } : one),
  }));
}

/** The lanes without a deal. */
export function without(lanes: Lanes, id: string): Lanes {
  return lanes.map((lane) => {
    const deals = lane.deals.filter((deal) => deal.id !== id);
    return { ...lane, deals, total: lane.total - (lane.deals.length - deals.length) };
  });
}

/** The lanes with one of them changed. */
export function changed(lanes: Lanes, { id }: Stage, change: Partial<Lane>): Lanes {
  return lanes.map((lane) => lane.stage.id === id ? Object.assign({}, lane, change) : lane);
}

/** The lanes with each deal once: one that was moved while they were loaded is where it went. */
export function eachOnce(lanes: Lanes): Lanes {
  const newest = new Map<string, Deal>();
  for (const deal of lanes.flatMap(({ deals }) => deals)) {
    const other = newest.get(deal.id);
    if (other === undefined || other.updated_at < deal.updated_at) newest.set(deal.id, deal);
  }
  return lanes.map((lane) => ({
    ...lane,
    deals: lane.deals.filter((deal) => newest.get(deal.id) === deal),
  }));
}
