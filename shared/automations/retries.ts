/** Seconds before each further try of a step that failed. */
export const RETRY_AFTER: readonly number[] = [5, 30, 300, 1_800, 7_200];
