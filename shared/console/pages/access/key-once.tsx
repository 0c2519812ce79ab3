import { Copy } from "../../ui/copy.tsx";

/** A key that was just made: nobody can show it a second time. */
export function KeyOnce({ text }: { text: string }) {
  return (
    <div class="notice good" role="status">
      <p>
        <strong>Copy the key now.</strong>{" "}
        It is shown this once: only its hash is stored, and a lost key is replaced by a new one.
      </p>
      <Copy name="Key" text={text} />
    </div>
  );
}
