import { lio, type LioPage } from "../../api.ts";
import { useLoad } from "../../load.ts";
import { query, setQuery } from "../../router.ts";
import { session } from "../../session.ts";
import { tell } from "../../toasts.ts";
import { Confirm } from "../../ui/confirm.tsx";
import { SelectField, TextField } from "../../ui/fields.tsx";
import { Loading } from "../../ui/loading.tsx";
import { pageIn, Pager } from "../../ui/pager.tsx";
import { type Column, Table } from "../../ui/table.tsx";
import { Badge, Time } from "../../ui/values.tsx";
import { AccessPage } from "./access-page.tsx";
import { allRoles } from "./roles.ts";
import type { Role, User } from "./types.ts";
import { UserButton } from "./user-form.tsx";

const SIZE = 50;

/** Who may sign in to the workspace, and as what. */
export function UsersPage() {
  const search_value = query.value.get("search");
  const page = pageIn();
  const role_id = query.value.get("role");
  const asked = { search_value, role_id, page, limit: SIZE };
  const users = useLoad((signal) => lio.get<LioPage<User>>("user/list", asked, signal), [asked]);
  const roles = useLoad(allRoles, []);
  const known = (roles.data ?? []).filter(({ is_active }) => is_active);
  return (
    <AccessPage
      title="Users"
      actions={<UserButton name="New user" roles={known} done={users.reload} isMain />}
    >
      <div class="filters">
        <TextField
          label="Search"
          type="search"
          value={search_value ?? ""}
          onChange={(search) => setQuery({ search, page: null })}
        />
        <SelectField
          label="Role"
          value={role_id ?? ""}
          onChange={(role) => setQuery({ role, page: null })}
          choices={[
            ["", "All roles"],
            ...known.map(({ number, name }) => [String(number), name] as const),
          ]}
        />
      </div>
      <Loading of={users}>
        {({ data, total }) => (
          <>
            <Table
              caption="Users"
              rows={data}
              columns={columns(known, users.reload)}
              keyOf={({ id }) => id}
              empty={<p>{role_id ? "Nobody here has this role." : "Nobody is called so."}</p>}
            />
            <Pager what="users" page={page} total={total} size={SIZE} />
          </>
        )}
      </Loading>
    </AccessPage>
  );
}

function columns(roles: readonly Role[], reload: () => void): Column<User>[] {
  return [
    {
      title: "User",
      cell: ({ name, email }) => (
        <>
          <strong class="clamped" dir="auto" title={name}>{name}</strong>
          <span class="quiet clamped" title={email}>{email}</span>
        </>
      ),
    },
    { title: "Role", cell: ({ role_name }) => role_name },
    {
      title: "Last sign-in",
      cell: ({ last_login_at }) =>
        last_login_at ? <Time value={last_login_at} /> : <span class="quiet">Never</span>,
    },
    {
      title: "State",
      cell: ({ state_id }) =>
        state_id === 1 ? <Badge tone="good">Active</Badge> : <Badge>Inactive</Badge>,
    },
    { title: "Actions", cell: (user) => <UserActions of={user} roles={roles} reload={reload} /> },
  ];
}

interface ActionsProps {
  of: User;
  roles: readonly Role[];
  reload(): void;
}

function UserActions({ of: user, roles, reload }: ActionsProps) {
  const remove = async () => {
    await lio.post("user/delete", { user_id: user.id });
    tell(`${user.name} is removed.`);
    reload();
  };
  return (
    <div class="row-actions">
      <UserButton name="Change" roles={roles} user={user} done={reload} />
      {user.id !== session.value?.user.number && (
        <Confirm
          button="Remove"
          label={`Remove ${user.name}`}
          question={`Remove ${user.name}?`}
          run={remove}
        >
          <p>
            They can no longer sign in to this workspace. What is assigned to them stays, with
            nobody to look after it. To keep that, make them inactive instead.
          </p>
        </Confirm>
      )}
    </div>
  );
}
