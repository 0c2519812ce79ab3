import { Badge, dayText, moneyText } from "../../ui/values.tsx";
import type { Deal, Stage, User } from "./deals.ts";

/** What a deal is worth, or that it is not said. */
export function worthText({ value, currency }: Pick<Deal, "value" | "currency">): string {
  return value === null ? "No value" : moneyText(value, currency);
}

/** Who a deal is assigned to. */
export function ownerOf({ assigned_to }: Pick<Deal, "assigned_to">, users: readonly User[]) {
  return users.find(({ id }) => id === assigned_to)?.name ?? null;
}

/** What a deal is worth, when it is to be closed and whose it is. */
export function DealFacts({ deal, users }: { deal: Deal; users: readonly User[] }) {
  const { expected_close_date: due } = deal;
  const owner = ownerOf(deal, users);
  return (
    <p class="deal-facts">
      <strong>{worthText(deal)}</strong>
      {due && <span>closes {dayText(due)}</span>}
      {owner && <span dir="auto">{owner}</span>}
      {isOverdue(deal) && <Badge tone="warn">Overdue</Badge>}
    </p>
  );
}

/** A deal's status, where it says more than its stage. */
export function StatusBadge({ deal, stage }: { deal: Deal; stage?: Stage }) {
  if (deal.status === (stage?.outcome ?? "")) return null;
  const tones: Record<string, "good" | "bad"> = { won: "good", lost: "bad" };
  return <Badge tone={tones[deal.status] ?? "plain"}>{deal.status}</Badge>;
}

function isOverdue({ expected_close_date: due, status }: Deal): boolean {
  if (due === null || status === "won" || status === "lost") return false;
  return due < new Date().toISOString().slice(0, 10);
}
