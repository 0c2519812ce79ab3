import { session } from "./session.ts";
import { path } from "./router.ts";
import { Shell } from "./shell.tsx";
import { SignInPage } from "./pages/sign-in/sign-in-page.tsx";
import { LinkPage } from "./pages/sign-in/link-page.tsx";
import { Toasts } from "./ui/toasts.tsx";

/** The console: its pages to who is signed in, else the way in. */
export function App() {
  return (
    <>
      <Content />
      <Toasts />
    </>
  );
}

function Content() {
  if (path.value.startsWith("/link/")) {
    return <LinkPage token={path.value.slice("/link/".length)} />;
  }
  const token = session.value?.token;
  // By its session: what another user began to write is not sent by the next one.
  return token === undefined ? <SignInPage /> : <Shell key={token} />;
}
