import { tell } from "../toasts.ts";

/** Text to copy, with a button that copies it; `name` says what it is. */
export function Copy({ name, text }: { name: string; text: string }) {
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(text);
      tell(`${name} copied.`);
    } catch {
      tell("The browser does not let this page copy: select the text instead.");
    }
  };
  return (
    <div class="copy">
      <pre tabIndex={0} role="region" aria-label={name}><code>{text}</code></pre>
      <button type="button" onClick={copy}>Copy {name.toLowerCase()}</button>
    </div>
  );
}
