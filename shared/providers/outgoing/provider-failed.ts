import { Refusal } from "../../refusals/refusal.ts";

/** What is known of a service that failed. */
export interface Failing {
  /** The status of its answer; null when none came. */
  status: number | null;
  /** Its own code for what went wrong. */
  code: string | null;
  /** Whether it may have done what it was asked. */
  mayHaveHappened: boolean;
}

/** A service did not do what it was asked, in words without secrets. */
export class ProviderFailed extends Refusal {
  override name = "ProviderFailed";
  readonly status: number | null;
  readonly code: string | null;
  readonly mayHaveHappened: boolean;

  constructor(message: string, { status, code, mayHaveHappened }: Failing) {
    super("provider_failed", message, code === null ? {} : { code });
    this.status = status;
    this.code = code;
    this.mayHaveHappened = mayHaveHappened;
  }
}

/** Throws what looking for something that may have been done failed with: that is as open as before. */
export function stillInDoubt(error: unknown): never {
  if (!(error instanceof ProviderFailed)) throw error;
  const { message, status, code } = error;
  throw new ProviderFailed(message, { status, code, mayHaveHappened: true });
}
