const BELOW_ANY_HOST = "/functions/v1";

/**
 * The address of the functions, to which their names are appended: `LUMENBASE_PUBLIC_URL`, else that
 * of the Supabase project, else a path. Never what a request says. Throws when it is no web address.
 */
export function publicUrl(env: Record<string, string | undefined>): string {
  const given = env.LUMENBASE_PUBLIC_URL?.replace(/\/+$/, "");
  if (given) {
    if (/^https?:\/\/[^\s?#]+$/.test(given)) return given;
    throw new Error("LUMENBASE_PUBLIC_URL must be an http or https address without query.");
  }
  const project = env.SUPABASE_URL?.replace(/\/+$/, "");
  return project ? project + BELOW_ANY_HOST : BELOW_ANY_HOST;
}
