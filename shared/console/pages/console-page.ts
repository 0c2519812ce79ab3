import type { ComponentChild } from "preact";
import type { Role } from "../session.ts";

/** A page of the console. */
export interface ConsolePage {
  /** Its path, such as `/leads/:id`. */
  pattern: string;
  /** What the menu calls it; pages without it are reached from others. */
  menu?: string;
  /** The least role that may see it: everybody, unless it says otherwise. */
  role?: Role;
  /** A role that may not see it although a lesser one may. */
  except?: Role;
  /** The page, with the parameters of its path. */
  show(parameters: Readonly<Record<string, string>>): ComponentChild;
}
