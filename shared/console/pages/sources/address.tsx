import { Copy } from "../../ui/copy.tsx";

/** The address of a connector, which is told once, and where the provider wants it. */
export function Address({ url, setup }: { url: string; setup: string | null }) {
  return (
    <section class="card" aria-labelledby="address">
      <h2 id="address">Paste this address at the sender</h2>
      <p>
        It is shown this once, as whoever has it can send: keep it where it is needed, or make a new
        one later.
      </p>
      <Copy name="Address" text={url} />
      <p dir="auto">{setup ?? "Have the sender POST JSON, or a form, to it."}</p>
    </section>
  );
}
