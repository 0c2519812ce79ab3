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
const REMARK = /\s*[([][^)\]]*[)\]]\s*/gu;

/**
 * Splits a name as it was written: the first word, or what stands after the comma of "Last, First",
 * is the first name, all else the last, also in scripts that write the family name first. A title
 * before it and a degree after it are left out.
 */
export function splitName(given: string): Name {
  const text = given.replace(/\s+/gu, " ").trim();
  const bare = text.replace(REMARK, " ").trim();
  const { salutation, firstName = "", middleName = "", lastName = "", suffix = "" } = parsed(bare);
  if (firstName === "" && lastName === "") return { first: text, last: "", whole: true };
  const ending = OF_THE_NAME.test(suffix) ? suffix : "";
  return {
    first: firstName,
    last: [middleName, lastName, ending].filter((part) => part !== "").join(" "),
    whole: salutation === undefined && ending === suffix && bare === text,
  };
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
