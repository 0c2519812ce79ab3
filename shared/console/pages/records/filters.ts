/** Filters that are given, by the names that LIO's list and its saved views know. */
export type Given = Readonly<Record<string, string>>;

/** A change of the address; null takes a value away. */
export type Change = Readonly<Record<string, string | null>>;

/** What a list is filtered by in the page. */
export interface Filter {
  label: string;
  /** The parameters that it sets. */
  names: readonly string[];
  kind: "search" | "text" | "date" | "choice";
  /** With `choice`: what can be chosen; the first is none. */
  choices?: readonly (readonly [value: string, text: string])[];
  /** Shown before all others are asked for. */
  isMain?: true;
  /** With `choice`: which one is chosen, and what choosing another sets; by its one name unless given. */
  chosen?(given: Given): string;
  set?(value: string): Change;
}

/** The parameters of one of several names that an address has. */
export function givenIn(query: URLSearchParams, names: readonly string[]): Given {
  const found = names.flatMap((name) => {
    const value = query.get(name);
    return value ? [[name, value] as const] : [];
  });
  return Object.fromEntries(found);
}

/** A change that takes all of them away, but for what is to be set. */
export function instead(names: readonly string[], next: Given = {}): Change {
  return { ...Object.fromEntries(names.map((name) => [name, null])), ...next };
}

/** The value that a filter shows. */
export function valueOf(filter: Filter, given: Given): string {
  return filter.chosen?.(given) ?? given[filter.names[0] ?? ""] ?? "";
}

/** What giving a filter a value changes. */
export function changeBy(filter: Filter, value: string): Change {
  return filter.set?.(value) ?? { [filter.names[0] ?? ""]: value || null };
}

/** Whose records: everybody's, nobody's, one's own or a user's. */
export function assignee(users: readonly (readonly [string, string])[]): Filter {
  return {
    label: "Assigned to",
    names: ["assigned_to", "unassigned"],
    kind: "choice",
    isMain: true,
    choices: [["", "Anybody"], ["true", "Me"], ["nobody", "Nobody"], ...users],
    chosen: ({ assigned_to = "", unassigned }) =>
      unassigned === "true" || unassigned === "1" ? "nobody" : assigned_to,
    set: (value) =>
      value === "nobody"
        ? { assigned_to: null, unassigned: "true" }
        : { assigned_to: value || null, unassigned: null },
  };
}

/** One of words, by its number. */
export function oneOf(
  label: string,
  name: string,
  words: readonly (readonly [string, string])[],
  isMain = false,
): Filter {
  return {
    label,
    names: [name],
    kind: "choice",
    choices: [["", "Any"], ...words],
    ...(isMain ? { isMain: true as const } : {}),
  };
}

/** In what order a list stands. */
export function order(sorts: readonly (readonly [value: string, text: string])[]): Filter {
  return {
    label: "Order",
    names: ["order_by", "order_in"],
    kind: "choice",
    isMain: true,
    choices: sorts,
    chosen: ({ order_by, order_in = "DESC" }) =>
      order_by === undefined ? "" : `${order_by} ${order_in.toUpperCase()}`,
    set(value) {
      const [by, way] = value.split(" ");
      return { order_by: by || null, order_in: way ?? null };
    },
  };
}
