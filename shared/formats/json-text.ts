/** A value as JSON that is written already. */
export class JsonText {
  constructor(readonly text: string) {}
}
