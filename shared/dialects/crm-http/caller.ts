/** Requests a minute of a key, or of a session's user, that has no limit of its own. */
export const DEFAULT_LIMIT = 600;
