import { native } from "../../api.ts";
import { go } from "../../router.ts";
import { begin, type Session } from "../../session.ts";
import { Form } from "../../ui/form.tsx";

/** Signs in by a link: once asked, so that whatever looks at links beforehand uses none up. */
export function LinkPage({ token }: { token: string }) {
  const signIn = async () => {
    const { data } = await native.post<{ data: Session }>("v1-public-sign-in", { token });
    begin(data);
    go("/");
  };
  return (
    <main class="alone">
      <h1>Sign in to Lumenbase</h1>
      <p>This link signs you in once.</p>
      <Form submit="Sign in" onSubmit={signIn}>{() => null}</Form>
      <p class="quiet">
        <a href="#/">Sign in with a password instead</a>
      </p>
    </main>
  );
}
