import { Copy } from "../../ui/copy.tsx";

/** The secret of a webhook, which is told this once. */
export function Secret({ secret }: { secret: string }) {
  return (
    <section class="card" aria-labelledby="secret">
      <h2 id="secret">Its secret, shown this once</h2>
      <p>
        By it your server knows that a request comes from here: any library of Standard Webhooks
        verifies it. Keep it where your server keeps its secrets.
      </p>
      <Copy name="Secret" text={secret} />
    </section>
  );
}
