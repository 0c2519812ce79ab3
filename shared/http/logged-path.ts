/** What may be in a log: a number, or a UUID. Others may be a token, or text of a person's. */
const PLAIN_ID = /^(?:\d{1,19}|[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})$/i;
/** What is a word of a path rather than a secret. */
const WORD = /^(?:[a-z]{1,24}|v\d{1,2})(?:[-_.](?:[a-z]{1,24}|v?\d{1,2})){0,5}$/;
const PARAMETER = /:(\w+)(?:\{[^}]*\})?/g;
const MOST_SEGMENTS = 20;

/** The path of a function's request as it is logged: as declared, with the parameters that are plain ids. */
export function loggedPath(
  name: string,
  declared: string | null,
  params: Readonly<Record<string, string>>,
  url: string,
): string {
  if (declared === null) return unknownPath(url);
  const path = declared.replaceAll(PARAMETER, (_, parameter: string) => {
    const value = params[parameter] ?? "";
    return PLAIN_ID.test(value) ? value : `:${parameter}`;
  });
  return path === "/" ? `/${name}` : `/${name}${path}`;
}

// Of a path that there is not, whatever could be a secret is left out.
function unknownPath(url: string): string {
  const segments = URL.canParse(url) ? new URL(url).pathname.split("/").slice(1) : [];
  const kept = segments.slice(0, MOST_SEGMENTS).map((segment) =>
    segment === "" || WORD.test(segment) || PLAIN_ID.test(segment) ? segment : "…"
  );
  return `/${kept.join("/")}`;
}
