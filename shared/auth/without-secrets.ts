// The short prefixes begin a word, since they also end some, such as `break_`.
const PREFIX = String.raw`lb_(?:live|hook)_|(?<![0-9A-Za-z])(?:lh|ak|lio)_`;
const SECRETS = new RegExp(
  `((?:${PREFIX})[0-9A-Za-z]{12}_)[0-9A-Za-z_]+|(${PREFIX})[0-9A-Za-z_]{14,}`,
  "g",
);

/** The text with every key and connector token in it cut down to its public part, also a mistyped one. */
export function withoutSecrets(text: string): string {
  return text.replace(SECRETS, "$1$2…");
}
