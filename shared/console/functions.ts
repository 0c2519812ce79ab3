/** The address of the functions, as the page says it: a path of its own host, or another host's address. */
export const FUNCTIONS =
  document.querySelector<HTMLMetaElement>('meta[name="lumenbase-functions"]')?.content ??
    "/functions/v1";

/** The same as a whole address, for what people copy. */
export const FUNCTIONS_ADDRESS = new URL(FUNCTIONS, location.href).href;
