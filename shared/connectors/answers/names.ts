// @ts-types="./humanparser.d.ts"
import parser from "humanparser";

/** A person's name in two. */
export interface Name {
  first: string;
  last: string;
  /** Whether nothing of what was given is left out, such as a title before the name. */
  whole: boolean;
}

const SALUTATIONS = [
  "herr frau dipl ing mag lic mme mlle monsieur madame sr sra srta don doña sig sigra signor signora",
  "dott dottssa avv dr dra prof mr mrs ms miss mx sir dame lord lady rev pan pani г-н г-жа",
].join(" ").split(" ");
const OF_THE_NAME = /^(?:jr|sr|junior|senior|i{1,3}|iv|v)\.?$/i;
/** How a name after the father ends in Cyrillic; at the end of a name, the last name comes first. */
const PATRONYMIC = /(?:вич|вна|[иі]чна|ьич|лич)$/u;
const REMARK = /\s*[([][^)\]]*[)\]]\s*/gu;

/**
 * Splits a name as it was written: the first word, or what stands after the comma of "Last, First",
 * is the first name, all else the last, also in scripts that write the family name first. A title
 * before it and a degree after it are left out.
 */
export function splitName(given: string): Name {
  const text = given.replace(/\s+/gu, " ").trim();
  const bare = text.replace(REMARK, " ").trim();
  const [last = "", first = "", father = "", ...more] = bare.split(" ");
  if (PATRONYMIC.test(father) && !PATRONYMIC.test(first) && more.length === 0) {
    return { first, last: `${father} ${last}`, whole: bare === text };
  }
  const { salutation, firstName = "", middleName = "", lastName = "", suffix = "" } = parsed(bare);
  if (firstName === "" && lastName === "") return { first: text, last: "", whole: true };
  const ending = OF_THE_NAME.test(suffix) ? suffix : "";
  return {
    first: firstName,
    last: [middleName, lastName, ending].filter((part) => part !== "").join(" "),
    whole: salutation === undefined && ending === suffix && bare === text,
  };
}

/** Whether a text is what may stand before a last name, such as "van der": its words are not capital. */
export function isParticle(text: string): boolean {
  return /^['’]?\p{Ll}[\p{Ll}'’.]{0,6}(?: ['’]?\p{Ll}[\p{Ll}'’.]{0,6}){0,3}$/u.test(text);
}

/** A last name with what stands before it, unless it does already. */
export function withParticle(particle: string, last: string): string {
  if (last === "" || last.toLowerCase().startsWith(particle.toLowerCase())) return last;
  return /['’]$/.test(particle) ? `${particle}${last}` : `${particle} ${last}`;
}

// The parser takes one title off; some people have several.
function parsed(text: string): ReturnType<typeof parser.parseName> {
  const name = parser.parseName(text, { extraSalutations: SALUTATIONS });
  const { salutation, firstName = "", middleName = "", lastName = "" } = name;
  const title = firstName.replaceAll(".", "").toLowerCase();
  if (salutation === undefined || middleName === "" || !SALUTATIONS.includes(title)) return name;
  const { suffix } = name;
  return {
    ...parsed([firstName, middleName, lastName].join(" ")),
    salutation,
    ...(suffix === undefined ? {} : { suffix }),
  };
}
