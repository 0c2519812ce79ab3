const MOST = 255;
const EXECUTABLE = /\.(exe|dll|bat|cmd|com|msi|scr|ps1|vbs|js|jar|sh)$/i;
// Among what formats text, these turn it around, so that a name reads as another.
const UNSEEN = /[\p{Cc}\u202a-\u202e\u2066-\u2069\ufeff]/gu;

/** A file's name without its path, nor what cannot be seen; "file" where nothing is left. */
export function fileName(given: string): string {
  const name = (given.split(/[/\\]/).at(-1) ?? "").replace(UNSEEN, "").trim().replace(/[. ]+$/, "");
  if (name.length <= MOST) return name || "file";
  const ending = endingOf(name).slice(0, 20);
  return `${name.slice(0, MOST - ending.length).toWellFormed().replace(/\ufffd$/, "")}${ending}`;
}

/** Whether some system runs a file of this name. */
export function isExecutable(name: string): boolean {
  return EXECUTABLE.test(name);
}

/** What a name ends in, with the point and in lower case; empty without. */
export function endingOf(name: string): string {
  return /[^.](\.[^.]+)$/.exec(name)?.[1]?.toLowerCase() ?? "";
}
