import { useOnce } from "../../once.ts";
import { useState } from "preact/hooks";
import { lio } from "../../api.ts";
import { tell } from "../../toasts.ts";
import { Dialog } from "../../ui/dialog.tsx";
import { CheckField, SelectField, TextField } from "../../ui/fields.tsx";
import { Form } from "../../ui/form.tsx";
import type { Role, User } from "./types.ts";

interface UserProps {
  roles: readonly Role[];
  /** Who is changed; without it somebody is added. */
  user?: User;
  done(): void;
}

/** A button that opens the form of a user. */
export function UserButton(
  { name, isMain, ...props }: UserProps & { name: string; isMain?: true },
) {
  const [isOpen, setOpen] = useState(false);
  const close = () => setOpen(false);
  return (
    <>
      <button
        type="button"
        class={isMain ? "primary" : ""}
        aria-label={props.user && `${name} ${props.user.name}`}
        onClick={() => setOpen(true)}
      >
        {name}
      </button>
      {isOpen && <UserDialog {...props} close={close} />}
    </>
  );
}

interface Draft {
  first_name: string;
  last_name: string;
  email: string;
  phone_no: string;
  password: string;
  role_id: string;
  isActive: boolean;
}

/** A Rep, who sees the least of those who may write. */
const REP = 3;

function UserDialog({ roles, user, done, close }: UserProps & { close(): void }) {
  const [draft, setDraft] = useState(() => draftOf(user));
  const once = useOnce();
  const change = (part: Partial<Draft>) => setDraft((old) => ({ ...old, ...part }));
  const save = async () => {
    await once(draft, (key) => saved(draft, user, key));
    tell(user ? `${user.name} is changed.` : `${draft.email} can sign in.`);
    close();
    done();
  };
  return (
    <Dialog title={user ? `Change ${user.name}` : "New user"} onClose={close}>
      <Form
        onSubmit={save}
        submit={user ? "Save" : "Add the user"}
        fields={["first_name", "last_name", "email", "phone_no", "password", "role_id", "state_id"]}
        more={<button type="button" onClick={close}>Cancel</button>}
      >
        {(errorOf) => (
          <>
            <Names draft={draft} change={change} errorOf={errorOf} isNew={!user} />
            <SelectField
              label="Role"
              hint="A Viewer reads, a Rep works on their own records, a Manager on all, an Admin decides who may what."
              value={draft.role_id}
              error={errorOf("role_id")}
              onChange={(role_id) => change({ role_id })}
              choices={roles.map(({ number, name }) => [String(number), name] as const)}
            />
            {user && (
              <CheckField
                label="May sign in"
                checked={draft.isActive}
                onChange={(isActive) => change({ isActive })}
              />
            )}
          </>
        )}
      </Form>
    </Dialog>
  );
}

interface NamesProps {
  draft: Draft;
  change(part: Partial<Draft>): void;
  errorOf(field: string): string | undefined;
  isNew: boolean;
}

function Names({ draft, change, errorOf, isNew }: NamesProps) {
  return (
    <>
      <TextField
        label="First name"
        value={draft.first_name}
        error={errorOf("first_name")}
        onChange={(first_name) => change({ first_name })}
      />
      <TextField
        label="Last name"
        value={draft.last_name}
        error={errorOf("last_name")}
        onChange={(last_name) => change({ last_name })}
      />
      <TextField
        label="Email"
        type="email"
        autocomplete="off"
        value={draft.email}
        error={errorOf("email")}
        onChange={(email) => change({ email })}
      />
      <TextField
        label="Phone"
        hint="With its country code, such as +1 555 123 4567."
        value={draft.phone_no}
        error={errorOf("phone_no")}
        onChange={(phone_no) => change({ phone_no })}
      />
      {isNew && (
        <TextField
          label="First password"
          hint="They can change it. Who signs in elsewhere with this email keeps the password from there."
          type="password"
          autocomplete="new-password"
          value={draft.password}
          error={errorOf("password")}
          onChange={(password) => change({ password })}
        />
      )}
    </>
  );
}

function draftOf(user: User | undefined): Draft {
  return {
    first_name: user?.first_name ?? "",
    last_name: user?.last_name ?? "",
    email: user?.email ?? "",
    phone_no: user?.phone_no ?? "",
    password: "",
    role_id: String(user?.role_id ?? REP),
    isActive: user?.state_id !== 0,
  };
}

// Of a user who is there, only what was changed.
async function saved(draft: Draft, user: User | undefined, idempotencyKey: string): Promise<void> {
  const { password, role_id, isActive, ...names } = draft;
  const values = { ...names, role_id: Number(role_id) };
  if (user === undefined) {
    await lio.post("user/add", { ...values, password }, { idempotencyKey });
    return;
  }
  const before = draftOf(user);
  const changes = Object.fromEntries(
    Object.entries({ ...values, state_id: isActive ? 1 : 0 }).filter(([name, value]) =>
      name === "state_id"
        ? isActive !== before.isActive
        : String(value) !== before[name as keyof typeof names]
    ),
  );
  if (Object.keys(changes).length > 0) await lio.post(`user/update/${user.id}`, changes);
}
