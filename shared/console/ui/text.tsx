import { useState } from "preact/hooks";

const SHORT = 80;
const LONG = 400;

/** The beginning of a text, for a cell of a table; the whole of it when one points at it. */
export function Short({ text }: { text: string | null | undefined }) {
  if (!text) return <span class="quiet">–</span>;
  const letters = Array.from(text);
  if (letters.length <= SHORT) return <bdi>{text}</bdi>;
  return <bdi title={text.slice(0, 1_000)}>{letters.slice(0, SHORT).join("")}…</bdi>;
}

/** A text with its lines, of which a long one shows its beginning until all is asked for. */
export function Long({ text }: { text: string }) {
  const [isWhole, setWhole] = useState(false);
  const letters = Array.from(text);
  if (letters.length <= LONG) return <p class="long" dir="auto">{text}</p>;
  return (
    <>
      <p class="long" dir="auto">{isWhole ? text : `${letters.slice(0, LONG).join("")}…`}</p>
      <button
        type="button"
        class="plain"
        aria-expanded={isWhole}
        onClick={() => setWhole(!isWhole)}
      >
        {isWhole ? "Show less" : "Show all"}
      </button>
    </>
  );
}

/** An address of the web as a link; whatever else is text. */
export function WebLink({ address }: { address: string | null | undefined }) {
  if (!address) return null;
  return /^https?:\/\//i.test(address)
    ? <a href={address} target="_blank" rel="noopener noreferrer">{address}</a>
    : <bdi>{address}</bdi>;
}
