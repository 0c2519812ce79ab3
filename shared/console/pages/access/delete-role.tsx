import { useState } from "preact/hooks";
import { native } from "../../api.ts";
import { useOnce } from "../../once.ts";
import { tell } from "../../toasts.ts";
import { Dialog } from "../../ui/dialog.tsx";
import { SelectField } from "../../ui/fields.tsx";
import { Form } from "../../ui/form.tsx";
import { numberText } from "../../ui/values.tsx";
import { readOwnRole } from "./roles.ts";
import type { Role } from "./types.ts";

interface DeleteProps {
  of: Role;
  /** Those that its users can get instead. */
  all: readonly Role[];
  done(): void;
}

/** A button that deletes a role, once it is said which one its users get. */
export function DeleteRole(props: DeleteProps) {
  const [isOpen, setOpen] = useState(false);
  return (
    <>
      <button
        type="button"
        class="danger"
        aria-label={`Delete ${props.of.name}`}
        onClick={() => setOpen(true)}
      >
        Delete
      </button>
      {isOpen && <DeleteDialog {...props} close={() => setOpen(false)} />}
    </>
  );
}

function DeleteDialog({ of: role, all, done, close }: DeleteProps & { close(): void }) {
  const [replace_with, setReplacement] = useState("");
  const once = useOnce();
  const remove = async () => {
    const query = { id: role.id, replace_with };
    await once(
      query,
      (idempotencyKey) => native.delete("v1-public-roles", { query, idempotencyKey }),
    );
    tell(`${role.name} is deleted.`);
    close();
    done();
    if (replace_with !== "") await readOwnRole();
  };
  const others = all.filter(({ id }) => id !== role.id);
  return (
    <Dialog title={`Delete ${role.name}?`} onClose={close}>
      <Form
        submit="Delete"
        onSubmit={remove}
        fields={["replace_with"]}
        more={<button type="button" onClick={close}>Cancel</button>}
      >
        {(errorOf) => (
          <>
            <p>This cannot be undone.</p>
            {(role.user_count > 0 || errorOf("replace_with")) && (
              <SelectField
                label="Its users get"
                hint={role.user_count > 0 && `${numberText(role.user_count)} with this role.`}
                value={replace_with}
                error={errorOf("replace_with")}
                onChange={setReplacement}
                choices={[
                  ["", "Choose a role"],
                  ...others.map(({ id, name }) => [id, name] as const),
                ]}
              />
            )}
          </>
        )}
      </Form>
    </Dialog>
  );
}
