import { isAtLeast } from "../../session.ts";
import { Page } from "../../ui/page.tsx";
import { ByCurl } from "./by-curl.tsx";
import { ByForm } from "./by-form.tsx";
import { Waiting } from "./waiting.tsx";

/** The shortest ways to a lead, and the one that arrives. */
export function StartPage() {
  return (
    <Page title="Bring in a lead">
      <Waiting />
      <div class="columns">
        <ByCurl />
        <ByProvider />
        <ByForm />
      </div>
    </Page>
  );
}

function ByProvider() {
  return (
    <section class="card" aria-labelledby="by-provider">
      <h2 id="by-provider">From a form provider, a shop or a support tool</h2>
      <p>
        Each has a place where it asks for the URL of a webhook: make a source here, and paste its
        URL there.
      </p>
      {isAtLeast("admin")
        ? (
          <div class="actions">
            <a class="button primary" href="#/sources/new">Add a source</a>
          </div>
        )
        : <p>An administrator can add a source here.</p>}
    </section>
  );
}
