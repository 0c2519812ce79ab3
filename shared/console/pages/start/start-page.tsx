import { Page } from "../../ui/page.tsx";

/** The shortest ways to a first lead. */
export function StartPage() {
  return (
    <Page title="Your first lead">
      <p>Soon.</p>
    </Page>
  );
}
