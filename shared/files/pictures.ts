/** Images that are shown where they are looked at, and run nothing. */
const PICTURES = ["image/png", "image/jpeg", "image/gif", "image/webp"] as const;

/** Whether files of a type may be shown by a browser, rather than saved. */
export function isPicture(type: string): boolean {
  return PICTURES.some((known) => known === type);
}
