import type { Database } from "../../shared/db/database.ts";

/** A database that is cut off after so many transactions of several steps, as by a killed process. */
export function cutOffAfter(database: Database, transactions: number): Database {
  let left = transactions;
  const transact: Database["transact"] = async (claims, work, ...others) => {
    if (left-- <= 0) throw new Error("killed");
    return await database.transact(claims, work, ...others);
  };
  return proxied(database, { transact });
}

/** A database that is cut off after so many writes of one step. */
export function cutOffAfterWrites(database: Database, writes: number): Database {
  let left = writes;
  const write: Database["write"] = async (...given) => {
    if (left-- <= 0) throw new Error("killed");
    return await database.write(...given);
  };
  return proxied(database, { write });
}

function proxied(database: Database, own: Partial<Record<string | symbol, unknown>>): Database {
  return new Proxy(database, {
    get(target, name) {
      if (name in own) return own[name];
      const value: unknown = Reflect.get(target, name, target);
      return typeof value === "function" ? value.bind(target) : value;
    },
  });
}
