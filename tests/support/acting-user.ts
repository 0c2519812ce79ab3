import { apiDatabase, claimsOf } from "./as-role.ts";

/** Runs a statement as a user of a workspace, who sees everything. */
export async function withClaims(
  workspaceId: string,
  userId: string,
  text: string,
  values: unknown[],
): Promise<void> {
  const claims = {
    ...claimsOf(workspaceId),
    sub: userId,
    actor: { kind: "user", id: userId } as const,
  };
  await apiDatabase().write(claims, [{ text, values }]);
}
