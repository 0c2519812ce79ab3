import type { ConsolePage } from "../console-page.ts";
import { KeysPage } from "./keys-page.tsx";
import { NewKeyPage } from "./new-key-page.tsx";
import { RequestsPage } from "./requests-page.tsx";
import { RolesPage } from "./roles-page.tsx";
import { UsagePage } from "./usage-page.tsx";
import { UsersPage } from "./users-page.tsx";

export const ACCESS: readonly ConsolePage[] = [
  { pattern: "/access", menu: "Keys and access", role: "admin", show: () => <KeysPage /> },
  { pattern: "/access/keys/new", role: "admin", show: () => <NewKeyPage /> },
  { pattern: "/access/users", role: "admin", show: () => <UsersPage /> },
  { pattern: "/access/roles", role: "admin", show: () => <RolesPage /> },
  { pattern: "/access/requests", role: "admin", show: () => <RequestsPage /> },
  { pattern: "/access/usage", role: "admin", show: () => <UsagePage /> },
];
