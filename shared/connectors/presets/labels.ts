/** The longest part of a question that says what is asked. */
export const LONGEST_LABEL = 200;

/**
 * Patterns for what surrounds the name of a field in a question, such as `What's your` and
 * `(optional) *`. The question is in lower case, and `_` and `-` are spaces.
 */
export const AROUND = {
  before:
    "/^\\W*((what( is|.s)|which|please|enter|tell us|the|name of|your|my|current|ihre?|deine?" +
    "|votre|tu|su) +)+/",
  after: "/ *\\([^\\)]*\\)|[\\s\\d*:?.!#]+$/",
} as const;

/** How people title a question for a field, in the languages that most forms are written in. */
interface Label {
  /** A pattern that the question contains, in lower case: plain words are found fastest. */
  contains: string;
  /** For words that other questions use too: a pattern for the question without its surroundings. */
  is?: string;
}

/** The questions for a contact's fields. Brackets in a class are escaped: JSONata counts them. */
export const LABELS = {
  email: { contains: "/e[ _-]?mail|courriel|correo/" },
  phone: {
    contains: "/phone|mobile|handy|whatsapp|rufnummer|celular|t[eé]l[eé](f[oó]n|foon)|^tel\\b|" +
      "\\bcell\\b/",
  },
  full_name: {
    contains: "/name|naam|nombre|nome|nom\\b/",
    is: "/^((full|complete|contact|customer) ?)?(name|naam|nombre|nome|nom)( complete?o?)?$|" +
      "(your|full|ihr|dein|votre|su|tu) (name|nombre|nom)$|first (and|&|\\/) last|" +
      "vor ?(und|&) ?nach|(nom|nombre|nome) (et|y|e|&) |pr[eé]nom (et|&) /",
  },
  first_name: { contains: "/(first|given|fore)[ _-]*name|^fname$|vorname|pr[eé]nom|voornaam/" },
  last_name: {
    contains:
      "/(last|family|sur)[ _-]*name|^lname$|(nach|familien)name|nom de famille|achternaam|" +
      "apellido|cognome|sobrenome/",
  },
  company: {
    contains: "/company|organi[sz]ation|business|employer|firm|unternehmen|entreprise|empresa|" +
      "soci[eé]t[eé]|azienda|bedrijf/",
    is:
      "/^(company|organi[sz]ation|business|employer|firm(a|en)?|unternehmens?|entreprise|empresa|" +
      "soci[eé]t[eé]|azienda|bedrijfs?)( ?(name|naam))?$|company ?name|company (do|are) you|" +
      "nom de (l.|votre )entreprise|nombre de (la|su) empresa/",
  },
  title: {
    contains: "/job|role|position|occupation|funktion|beruf|fonction|poste|cargo|puesto|ruolo|" +
      "functie/",
    is: "/job ?(title|role|position)|jobtitel|berufsbezeichnung|intitul[eé] du poste|" +
      "^(role|position|occupation|funktion|fonction|poste|cargo|puesto|ruolo|functie)$/",
  },
} as const satisfies Record<string, Label>;

/** The longest answer that may fill a field of the contact; it is of one line. */
export const LONGEST_VALUE = 255;

/** What an answer must look like to be an email address or a phone number. */
export const SHAPES = {
  email: "/^[^\\s@,;<>]+@[^\\s@,;<>]+\\.[^\\s@,;<>.]+$/",
  phone: "/^(tel:)?[+\\(]?[\\d\\(][\\d\\s\\(\\).\\/-]+\\d(\\s*(x|ext\\.?)\\s*\\d+)?$/i",
} as const;
