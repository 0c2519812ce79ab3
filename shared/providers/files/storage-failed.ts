/** Storage did not do what it was asked; says why, without secrets. */
export class StorageFailed extends Error {
  override name = "StorageFailed";
  constructor(
    message: string,
    /** Whether there is no such object. */
    readonly isMissing: boolean,
    options?: ErrorOptions,
  ) {
    super(message, options);
  }
}
