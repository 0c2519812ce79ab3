import type { Database } from "../../shared/db/database.ts";

/** A database that is cut off after so many transactions of several steps, as by a killed process. */
export function cutOffAfter(database: Database, transactions: number): Database {
  let left = transactions;
  const transact: Database["transact"] = async (claims, work, ...others) => {
    if (left-- <= 0) throw new Error("killed");
    return await database.transact(claims, work, ...others);
  };
  return new Proxy(database, {
    get(target, name) {
      if (name === "transact") return transact;
      const value: unknown = Reflect.get(target, name, target);
      return typeof value === "function" ? value.bind(target) : value;
    },
  });
}
