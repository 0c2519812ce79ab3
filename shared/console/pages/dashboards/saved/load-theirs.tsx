import { Action } from "../../../ui/action.tsx";

/** The way on for who was not the only one to change something: puts the other's change into the form. */
export function LoadTheirs({ run }: { run(): Promise<void> }) {
  return (
    <div class="actions">
      <Action run={run}>Load the other’s change</Action>
    </div>
  );
}
