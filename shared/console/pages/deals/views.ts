import type { Deal, Pipeline, User } from "./deals.ts";

/** What both views of a pipeline's deals are given. */
export interface ViewProps {
  pipeline: Pipeline;
  pipelines: readonly Pipeline[];
  users: readonly User[];
  filters: { search: string; sort: string; order: string };
  /** The deal in the dialog, or that one is being made. */
  editing: Deal | "new" | null;
  edit(deal: Deal | "new" | null): void;
}
