import { useState } from "preact/hooks";
import { native } from "../../api.ts";
import { begin, ending, type Session } from "../../session.ts";
import { TextField } from "../../ui/fields.tsx";
import { Form } from "../../ui/form.tsx";

/** Asks for an email and its password. */
export function SignInPage() {
  const [email, setEmail] = useState("");
  const [password, setPassword] = useState("");
  const signIn = async () => {
    const { data } = await native.post<{ data: Session }>("v1-public-sign-in", { email, password });
    begin(data);
  };
  return (
    <main class="alone">
      <h1>Sign in to Lumenbase</h1>
      {ending.value && <p role="status" class="notice">{ending.value}</p>}
      <Form submit="Sign in" onSubmit={signIn} fields={["email", "password"]}>
        {(errorOf) => (
          <>
            <TextField
              label="Email"
              type="email"
              name="email"
              autocomplete="username"
              value={email}
              onChange={setEmail}
              error={errorOf("email")}
            />
            <TextField
              label="Password"
              type="password"
              name="password"
              autocomplete="current-password"
              value={password}
              onChange={setPassword}
              error={errorOf("password")}
            />
          </>
        )}
      </Form>
      <p class="quiet">
        No password? An administrator makes a link that signs you in once:{" "}
        <code>npm run admin -- users link EMAIL --workspace NAME</code>
      </p>
    </main>
  );
}
