/** Does the tasks of one key one after another, in this process. */
export class Turns {
  /** The last task of each key that is under way. */
  readonly #last = new Map<string, Promise<unknown>>();

  /** Does a task once those of its key that came before are over, whatever became of them. */
  async run<T>(key: string, task: () => Promise<T>): Promise<T> {
    const mine = (this.#last.get(key) ?? Promise.resolve()).then(task);
    const settled = mine.catch(() => {});
    this.#last.set(key, settled);
    try {
      return await mine;
    } finally {
      if (this.#last.get(key) === settled) this.#last.delete(key);
    }
  }
}
