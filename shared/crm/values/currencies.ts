// Codes that runtimes leave out: new money, funds, metals, and those for tests and for no currency.
const LEFT_OUT = "BOV CHE CHW CLF COU MXV SLE USN UYI UYW VED XAD XCG ZWG " +
  "XAG XAU XBA XBB XBC XBD XPD XPT XSU XTS XUA XXX";

let codes: ReadonlySet<string> | undefined;

/** Whether it is a code of ISO 4217; of those withdrawn, the ones that the runtime still knows are. */
export function isCurrency(code: string): boolean {
  codes ??= new Set([...Intl.supportedValuesOf("currency"), ...LEFT_OUT.split(" ")]);
  return codes.has(code);
}
