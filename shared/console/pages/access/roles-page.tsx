import { useLoad } from "../../load.ts";
import { Clamped } from "../../ui/cells.tsx";
import { Loading } from "../../ui/loading.tsx";
import { type Column, Table } from "../../ui/table.tsx";
import { Badge, numberText } from "../../ui/values.tsx";
import { AccessPage } from "./access-page.tsx";
import { DeleteRole } from "./delete-role.tsx";
import { RoleButton } from "./role-form.tsx";
import { allRoles, BASES } from "./roles.ts";
import type { Role } from "./types.ts";

/** The roles that users can have: those of every workspace, and its own. */
export function RolesPage() {
  const roles = useLoad(allRoles, []);
  return (
    <AccessPage title="Roles" actions={<RoleButton name="New role" done={roles.reload} isMain />}>
      <p>
        A role of your own is a name for what a team may do: it has the rights of one of the four
        that every workspace has. Who gets it is chosen at <a href="#/access/users">Users</a>.
      </p>
      <Loading of={roles}>
        {(rows) => (
          <Table
            caption="Roles"
            rows={rows}
            columns={columns(rows, roles.reload)}
            keyOf={({ id }) => id}
            empty={<p>No roles.</p>}
          />
        )}
      </Loading>
    </AccessPage>
  );
}

function columns(all: readonly Role[], reload: () => void): readonly Column<Role>[] {
  return [
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
      cell: ({ is_system, base }) => {
        const [, name, words] = BASES.find(([one]) => one === base) ?? [];
        return is_system ? words : `What a ${name} may`;
      },
    },
    {
      title: "What for",
      cell: ({ is_system, description }) => !is_system && <Clamped text={description} />,
    },
    {
      title: "Users",
      cell: ({ number, name, user_count }) => (
        <a
          href={`#/access/users?role=${number}`}
          aria-label={`${numberText(user_count)} with ${name}`}
        >
          {numberText(user_count)}
        </a>
      ),
      isNumber: true,
    },
    {
      title: "Actions",
      cell: (role) =>
        role.is_system ? <span class="quiet">–</span> : (
          <div class="row-actions">
            <RoleButton name="Change" role={role} done={reload} />
            <DeleteRole of={role} all={all} done={reload} />
          </div>
        ),
    },
  ];
}
