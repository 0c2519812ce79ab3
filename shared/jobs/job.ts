/** A job that is being run. */
export interface Job {
  id: string;
  workspaceId: string;
  /** Names the work. */
  kind: string;
  payload: Record<string, unknown>;
  /** Which attempt this is, from 1. */
  attempt: number;
  /** Whoever holds it may end the job. */
  lease: string;
}
