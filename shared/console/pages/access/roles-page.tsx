import { useState } from "preact/hooks";
import { lio } from "../../api.ts";
import { useLoad } from "../../load.ts";
import { useOnce } from "../../once.ts";
import { tell } from "../../toasts.ts";
import { Clamped } from "../../ui/cells.tsx";
import { Dialog } from "../../ui/dialog.tsx";
import { SelectField, TextArea, TextField } from "../../ui/fields.tsx";
import { Form } from "../../ui/form.tsx";
import { Loading } from "../../ui/loading.tsx";
import { type Column, Table } from "../../ui/table.tsx";
import { Badge, numberText } from "../../ui/values.tsx";
import { AccessPage } from "./access-page.tsx";
import { allRoles } from "./roles.ts";
import type { Role } from "./types.ts";

/** The roles whose rights others can have, by their numbers. */
const BASES = [
  ["1", "Admin", "Everything, also who may do what."],
  ["2", "Manager", "Reads and writes all, but users, roles and keys."],
  ["3", "Rep", "Works on their own and nobody’s; deletes and imports nothing."],
  ["4", "Viewer", "Reads what a Manager reads; changes only their own profile."],
] as const;

/** The roles that users can have: those of every workspace, and its own. */
export function RolesPage() {
  const roles = useLoad((signal) => allRoles({}, signal), []);
  const [isOpen, setOpen] = useState(false);
  const close = () => setOpen(false);
  return (
    <AccessPage
      title="Roles"
      actions={
        <button type="button" class="primary" onClick={() => setOpen(true)}>New role</button>
      }
    >
      <p>
        A role of your own is a name for what a team may do: it has the rights of one of the four
        that every workspace has. Who gets it is chosen at <a href="#/access/users">Users</a>.
      </p>
      <Loading of={roles}>
        {(rows) => (
          <Table
            caption="Roles"
            rows={rows}
            columns={COLUMNS}
            keyOf={({ id }) => id}
            empty={<p>No roles.</p>}
          />
        )}
      </Loading>
      {isOpen && <RoleDialog close={close} done={roles.reload} />}
    </AccessPage>
  );
}

const COLUMNS: readonly Column<Role>[] = [
  {
    title: "Role",
    cell: ({ name, is_system }) => (
      <>
        <strong class="clamped" dir="auto" title={name}>{name}</strong>
        {is_system ? <Badge>In every workspace</Badge> : <Badge tone="good">Your own</Badge>}
      </>
    ),
  },
  {
    title: "May",
    cell: ({ is_system, base_role_id: base }) => {
      const [, name, words] = BASES.find(([id]) => id === String(base)) ?? [];
      return is_system ? words : `What a ${name} may`;
    },
  },
  {
    title: "What for",
    cell: ({ is_system, description }) => !is_system && <Clamped text={description} />,
  },
  {
    title: "Users",
    cell: ({ id, name, user_count }) => (
      <a href={`#/access/users?role=${id}`} aria-label={`${numberText(user_count)} with ${name}`}>
        {numberText(user_count)}
      </a>
    ),
    isNumber: true,
  },
];

function RoleDialog({ close, done }: { close(): void; done(): void }) {
  const [name, setName] = useState("");
  const [description, setDescription] = useState("");
  const [base, setBase] = useState("3");
  const once = useOnce();
  const make = async () => {
    const given = {
      name,
      base_role_id: Number(base),
      ...(description.trim() === "" ? {} : { description }),
    };
    await once(given, (idempotencyKey) => lio.post("role/add", given, { idempotencyKey }));
    tell(`${name} can be given to users.`);
    close();
    done();
  };
  return (
    <Dialog title="New role" onClose={close}>
      <Form
        submit="Make the role"
        onSubmit={make}
        fields={["name", "description", "base_role_id"]}
        more={<button type="button" onClick={close}>Cancel</button>}
      >
        {(errorOf) => (
          <>
            <TextField label="Name" value={name} error={errorOf("name")} onChange={setName} />
            <SelectField
              label="May do what may"
              hint={BASES.find(([id]) => id === base)?.[2]}
              value={base}
              error={errorOf("base_role_id")}
              onChange={setBase}
              choices={BASES.map(([id, title]) => [id, title] as const)}
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
