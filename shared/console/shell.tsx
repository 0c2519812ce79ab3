import { Fragment } from "preact";
import { useEffect, useRef } from "preact/hooks";
import { native } from "./api.ts";
import type { ConsolePage } from "./pages/console-page.ts";
import { PAGES } from "./pages/pages.ts";
import { matched, path } from "./router.ts";
import { forget, isAtLeast, session } from "./session.ts";
import { Action } from "./ui/action.tsx";
import { Page } from "./ui/page.tsx";

/** What is around each page: where one can go, and who is signed in. */
export function Shell() {
  return (
    <div class="shell">
      <Navigation />
      <main id="main" tabIndex={-1}>
        <Routed />
      </main>
    </div>
  );
}

function skip(event: Event): void {
  event.preventDefault();
  document.getElementById("main")?.focus();
}

function Routed() {
  const at = path.value;
  for (const page of PAGES) {
    const parameters = matched(page.pattern, at);
    if (parameters === null) continue;
    // By its address: another record's page starts anew.
    return maySee(page) ? <Fragment key={at}>{page.show(parameters)}</Fragment> : <Forbidden />;
  }
  return (
    <Page title="Not found">
      <p>
        There is no such page. <a href="#/">To the start</a>
      </p>
    </Page>
  );
}

function maySee({ role = "viewer", except }: ConsolePage): boolean {
  return isAtLeast(role) && session.value?.user.role !== except;
}

function Forbidden() {
  return (
    <Page title="Not for your role">
      <p>What is here needs another role: ask an administrator of the workspace.</p>
    </Page>
  );
}

function Navigation() {
  const menu = useRef<HTMLDetailsElement>(null);
  const at = path.value;
  useEffect(() => {
    if (menu.current) menu.current.open = false;
  }, [at]);
  const links = PAGES.filter((page) => page.menu && maySee(page));
  return (
    <header class="navigation">
      <a class="skip" href={`#${path.value}`} onClick={skip}>Skip to the page</a>
      <details ref={menu} class="menu">
        <summary>Menu</summary>
      </details>
      <p class="brand" dir="auto">{session.value?.workspace.name}</p>
      <nav aria-label="Console">
        <ul>
          {links.map(({ pattern, menu: name }) => (
            <li key={pattern}>
              <a href={`#${pattern}`} aria-current={isIn(pattern, at) ? "page" : undefined}>
                {name}
              </a>
            </li>
          ))}
        </ul>
      </nav>
      <Who />
    </header>
  );
}

function isIn(pattern: string, at: string): boolean {
  return pattern === "/" ? at === "/" : at === pattern || at.startsWith(`${pattern}/`);
}

function Who() {
  const user = session.value?.user;
  return (
    <div class="who">
      <p dir="auto">{user?.name}</p>
      <Action class="plain" run={signOut}>Sign out</Action>
    </div>
  );
}

async function signOut(): Promise<void> {
  await native.post("v1-public-sign-in/sign-out");
  forget(null);
}
