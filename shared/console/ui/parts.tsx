import { path } from "../router.ts";

/** The ways to the pages of a section, of which one is shown. */
export function Parts(
  { name, parts }: { name: string; parts: readonly (readonly [to: string, text: string])[] },
) {
  return (
    <nav class="parts" aria-label={name}>
      {parts.map(([to, text]) => (
        <a key={to} href={`#${to}`} aria-current={path.value === to ? "page" : undefined}>
          {text}
        </a>
      ))}
    </nav>
  );
}
