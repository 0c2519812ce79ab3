import { type Admissions, NotAdmitted, OPEN } from "./admission.ts";
import type { Actor, Claims, UserRole } from "./claims.ts";
import type { Database } from "./database.ts";
import type { Transaction } from "./transaction.ts";
import type { Rows, Statement } from "./wire/pipeline.ts";

/** Who acts in which workspace, and in answer to what. */
export interface Acting {
  workspaceId: string;
  actor: Actor;
  scopes: readonly string[];
  /** The role of a user; none of other actors. */
  userRole?: UserRole;
  /** The request, job or event that is being answered. */
  requestId: string;
  /** The event that it is done because of, by its sequence number. */
  cause?: number;
}

/** What lets an actor at the database. */
export interface Gate {
  admissions: Admissions;
  /** Asked when a transaction was not let in. Throws why; else it is tried again without asking. */
  refused(): Promise<void>;
  /** Told how many milliseconds the database took. */
  spent(milliseconds: number): void;
}

const NO_GATE: Gate = { admissions: OPEN, refused: async () => {}, spent: () => {} };

/** A workspace and an actor in it: the one way to records, for requests and whatever else acts. */
export class Workspace {
  readonly #database: Database;
  readonly #gate: Gate;
  readonly #claims: Claims;

  constructor(database: Database, acting: Acting, gate: Gate = NO_GATE) {
    const { workspaceId, actor, scopes, userRole, requestId, cause } = acting;
    this.#database = database;
    this.#gate = gate;
    this.#claims = {
      workspace_id: workspaceId,
      sub: actor.id,
      actor,
      scopes,
      ...(userRole === undefined ? {} : { user_role: userRole }),
      request_id: requestId,
      ...(cause === undefined ? {} : { cause }),
    };
  }

  get id(): string {
    return this.#claims.workspace_id;
  }

  /** Whether the actor sees every record, so that totals of all are right. */
  get seesAll(): boolean {
    return this.#claims.user_role !== "rep";
  }

  /** Reads, in one round trip. */
  read(statements: readonly Statement[]): Promise<Rows[]> {
    return this.#gated((admissions) => this.#database.read(this.#claims, statements, admissions));
  }

  /** Writes in one round trip, all or nothing; `rehearse` undoes it in the end. */
  write(statements: readonly Statement[], rehearse = false): Promise<Rows[]> {
    return this.#gated((admissions) =>
      this.#database.write(this.#claims, statements, rehearse, admissions)
    );
  }

  /**
   * Writes in as many round trips as `work` makes, all or nothing; `rehearse` undoes it in the end.
   * What `last` makes of the result is run together with the commit.
   */
  transact<T>(
    work: (transaction: Transaction) => Promise<T>,
    { rehearse = false, last }: { rehearse?: boolean; last?: (result: T) => Promise<Statement> } =
      {},
  ): Promise<T> {
    const ending = async (transaction: Transaction) => {
      const result = await work(transaction);
      return last === undefined ? { result } : { result, last: await last(result) };
    };
    return this.#gated((admissions) =>
      this.#database.transact(this.#claims, ending, rehearse, admissions)
    );
  }

  async #gated<T>(work: (admissions: Admissions) => Promise<T>): Promise<T> {
    const start = performance.now();
    try {
      return await work(this.#gate.admissions);
    } catch (error) {
      if (!(error instanceof NotAdmitted)) throw error;
      await this.#gate.refused();
      return await work(OPEN);
    } finally {
      this.#gate.spent(performance.now() - start);
    }
  }
}
