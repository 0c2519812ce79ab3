import { path } from "../router.ts";

interface PartsProps {
  /** What they are parts of, for screen readers. */
  label: string;
  parts: readonly (readonly [path: string, name: string])[];
}

/** The ways between the pages of a section. */
export function Parts({ label, parts }: PartsProps) {
  return (
    <nav class="parts" aria-label={label}>
      {parts.map(([to, name]) => (
        <a key={to} href={`#${to}`} aria-current={path.value === to ? "page" : undefined}>
          {name}
        </a>
      ))}
    </nav>
  );
}
