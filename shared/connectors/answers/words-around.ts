/** Words around the name of a field that say nothing about what is asked. */
export const FILLERS = [
  "a an the is are s re what whats which who please enter write tell us give provide add fill in q",
  "your you yours my me we our i do does can need to of for at on with or by here below and",
  "required optional current reach work primary main best personal private hi hello",
  "für welche welcher welches welchem arbeiten arbeitest bei was aktuell aktuelle derzeit derzeitige",
  "actuel actuelle actual actualmente attuale atual trabaja trabajas travaillez lavori lavora trabalha",
  "der die das dein deine ihr ihre ihren wie ist lautet heisst heißt sie bitte angeben und oder",
  "le la les l un une de du des d votre vos quel quelle est et ou veuillez saisir entrez",
  "el los las del su sus tu cual es y o por favor ingrese introduzca",
  "il lo i gli della dell tuo tua suo sua qual e inserisci",
  "o os as da do dos das seu sua qual digite",
  "het een uw je jouw wat van en",
  "din ditt dit vad hva hvad er och og",
  "twoje twoj twoja pana pani i",
  "vase vas vasi a az on",
  "ваш ваша ваше ваши введите и",
] as const;

/** Words before a person's name that still mean the one who filled the form in. */
export const WHOSE = [
  "contact person people customer client applicant attendee guest parent guardian patient participant",
  "candidate member owner requester submitter sender lead preferred birth legal representative",
  "student visitor buyer inquirer registrant respondent subscriber prospect user s",
  "full complete whole exact real kontakt kunden kunde teilnehmer bewerber cliente client responsable",
  "persona titular contatto contato klient klienta osoby",
] as const;

/** Words of a question about somebody, or something, else than the one who filled the form in. */
export const OTHERS = [
  "child|children|kid|kids|son|daughter|spouse|partner s|husband|wife|sibling|mother|father|maiden",
  "pet|dog|cat|friend|friends|colleague|referred|referrer|referral|recommended|emergency|supervisor|manager s|boss",
  "beneficiary|guarantor|co applicant|ad name|ad set name|adset name|username|user name",
  "kindes|ehepartner|notfall|freund|empfohlen|empfehlung",
  "enfant|conjoint|urgence|ami|parrain",
  "hijo|hija|conyuge|emergencia|amigo|referido|filho|conjuge|indicado",
  "孩子|子女|配偶|紧急|緊急|推荐人|子ども|子供|お子|紹介者|아이|자녀|배우자|추천인",
] as const;

/** Whose key an object has that tells of somebody who works on what was sent. */
export const STAFF = [
  "owner|owners|manager|assigned|assignee|agent|rep|sales rep|representative|salesperson|seller|vendor",
  "creator|created by|updated by|author|editor|operator|recipient|host|organizer|admin|account|merchant",
] as const;

/** Words of a question for a number that is no phone number. */
export const OTHER_NUMBERS = [
  "fax|iban|vat|tax|zip|plz|postal|postcode|post code|account|order|invoice|passport|serial|policy",
  "abn|acn|nif|cif|cpf|cnpj|siret|siren|pesel|nip|regon|ssn|nin|license|licence|date|birth|year",
  "customer number|reference|registration|konto|bestell|rechnung|steuer|ausweis|kundennummer|datum",
  "fecha|data de|cuenta|compte|naissance|nacimiento|id|isbn|sku|ip|price|amount|budget|quantity",
] as const;

/** Keys of what a form sends for itself, which nobody answered. */
export const MACHINERY =
  /^(?:_?_?csrf\w*|_token|authenticity_token|__requestverificationtoken|_wp(?:nonce|_http_referer|cf7\w*)|(?:g-re|h-)?captcha(?:-response|_\w+)?|recaptcha\w*|cf-turnstile-response|form_build_id|form_token|honeypot|_gotcha|bot-field)$/i;
