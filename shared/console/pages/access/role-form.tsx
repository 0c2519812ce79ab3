import { useState } from "preact/hooks";
import { native } from "../../api.ts";
import { ApiError } from "../../api-error.ts";
import { useOnce } from "../../once.ts";
import { tell } from "../../toasts.ts";
import { Dialog } from "../../ui/dialog.tsx";
import { SelectField, TextArea, TextField } from "../../ui/fields.tsx";
import { Form } from "../../ui/form.tsx";
import { numberText } from "../../ui/values.tsx";
import { BASES, readOwnRole } from "./roles.ts";
import type { Role } from "./types.ts";

interface RoleProps {
  /** The role that is changed; without it one is made. */
  role?: Role;
  done(): void;
}

/** A button that opens the form of a role. */
export function RoleButton(
  { name, isMain, ...props }: RoleProps & { name: string; isMain?: true },
) {
  const [isOpen, setOpen] = useState(false);
  return (
    <>
      <button
        type="button"
        class={isMain ? "primary" : ""}
        aria-label={props.role && `${name} ${props.role.name}`}
        onClick={() => setOpen(true)}
      >
        {name}
      </button>
      {isOpen && <RoleDialog {...props} close={() => setOpen(false)} />}
    </>
  );
}

const FIELDS = ["name", "description", "base"];

function RoleDialog({ role, done, close }: RoleProps & { close(): void }) {
  const [name, setName] = useState(role?.name ?? "");
  const [description, setDescription] = useState(role?.description ?? "");
  const [base, setBase] = useState<Role["base"]>(role?.base ?? "rep");
  const once = useOnce();
  const save = async () => {
    const given = { name, base, description };
    await once(given, (key) => role ? change(role, given, key) : make(given, key));
    tell(role ? `${name} is changed.` : `${name} can be given to users.`);
    close();
    done();
    if (role && role.base !== base) await readOwnRole();
  };
  return (
    <Dialog title={role ? `Change ${role.name}` : "New role"} onClose={close}>
      <Form
        submit={role ? "Save" : "Make the role"}
        onSubmit={save}
        fields={FIELDS}
        more={<button type="button" onClick={close}>Cancel</button>}
      >
        {(errorOf) => (
          <>
            <TextField label="Name" value={name} error={errorOf("name")} onChange={setName} />
            <SelectField
              label="May do what may"
              hint={baseHint(base, role)}
              value={base}
              error={errorOf("base")}
              onChange={(next) => setBase(next as Role["base"])}
              choices={BASES.map(([one, title]) => [one, title] as const)}
            />
            <TextArea
              label="What for (optional)"
              rows={2}
              value={description}
              error={errorOf("description")}
              onChange={setDescription}
            />
          </>
        )}
      </Form>
    </Dialog>
  );
}

function baseHint(base: Role["base"], role: Role | undefined): string | undefined {
  const words = BASES.find(([one]) => one === base)?.[2];
  if (role === undefined || role.base === base || role.user_count === 0) return words;
  return `${words} Its users (${numberText(role.user_count)}) have these rights at once.`;
}

type Given = Pick<Role, "name" | "base"> & { description: string };

async function make({ name, base, description }: Given, idempotencyKey: string): Promise<void> {
  const given = { name, base, ...(description.trim() === "" ? {} : { description }) };
  await native.post("v1-public-roles", given, { idempotencyKey });
}

// What is left as it was read is not sent, as somebody else may have changed it since.
async function change(
  role: Role,
  { name, base, description }: Given,
  idempotencyKey: string,
): Promise<void> {
  // The API would leave the name as it is.
  if (name.trim() === "") {
    const message = "Must not be empty";
    throw new ApiError(400, "VALIDATION_ERROR", message, [{ field: "name", message }]);
  }
  const given = { name, base, description: description.trim() === "" ? null : description };
  const changed = Object.fromEntries(
    Object.entries(given).filter(([field, value]) => value !== role[field as keyof typeof given]),
  );
  if (Object.keys(changed).length === 0) return;
  await native.patch("v1-public-roles", changed, { query: { id: role.id }, idempotencyKey });
}
