/**
 * What forms call a person's name, in the languages they are written in, as browsers fill it in and
 * sign-up pages ask for it. Each entry is one language or a few that share a word; `|` separates words.
 */

/** A name, of which the wording does not tell which part. */
export const NAME = [
  "name|names", // en, de
  "naam", // nl
  "navn|namn", // da, no, sv
  "nimi", // fi, et
  "nom|noms", // fr, ca
  "nombre|nombres", // es
  "nome", // it, pt
  "nume", // ro
  "imie", // pl
  "jmeno|meno", // cs, sk
  "nev", // hu
  "ime", // hr, sr, sl, bs
  "vards|vardas", // lv, lt
  "ad|adi|adı|adiniz|adınız|isim|isminiz", // tr
  "nama", // id, ms
  "ten", // vi
  "имя|ваше имя|име|вашето име", // ru, bg, sr
  "ім я|ваше ім я", // uk
  "ονομα", // el
  "שם", // he
  "الاسم|اسم|الإسم|اسمك", // ar
  "نام", // fa
  "नाम", // hi
  "ชื่อ", // th
  "სახელი", // ka
] as const;

/** Words for the whole name. */
export const FULL = [
  "full name|fullname|complete name|first and last name|first last name|first name last name",
  "contact person|point of contact|name and surname|name surname", // en
  "vor und nachname|vor und zuname|vor nachname|vollstandiger name|voller name|gesamter name",
  "ansprechpartner|ansprechpartnerin|ansprechperson|kontaktperson", // de
  "voor en achternaam|volledige naam|contactpersoon", // nl
  "for och efternamn|fullstandigt namn|kontaktperson|for og efternavn|for og etternavn",
  "fulde navn|fullt navn|fullstendig navn", // da, no, sv
  "koko nimi|etu ja sukunimi|taysnimi|ees ja perekonnanimi|yhteyshenkilo", // fi, et
  "nom complet|nom et prenom|prenom et nom|nom prenom|prenom nom|nom et prenoms|interlocuteur", // fr
  "nombre completo|nombre y apellido|nombre y apellidos|nombres y apellidos|persona de contacto",
  "nom i cognoms", // es, ca
  "nome completo|nome e cognome|cognome e nome|nominativo|referente", // it
  "nome e sobrenome|nome e apelido|pessoa de contato", // pt
  "nume complet|nume si prenume|numele si prenumele|nume prenume|persoana de contact", // ro
  "imie i nazwisko|nazwisko i imie|osoba kontaktowa|osoba do kontaktu", // pl
  "jmeno a prijmeni|cele jmeno|meno a priezvisko|cele meno|kontaktni osoba|kontaktna osoba", // cs, sk
  "teljes nev|kapcsolattarto", // hu
  "ime i prezime|ime in priimek|puno ime|kontakt osoba", // hr, sr, sl
  "vards uzvards|vards un uzvards|pilns vards|vardas pavarde|vardas ir pavarde", // lv, lt
  "ad soyad|adi soyadi|adı soyadı|adiniz soyadiniz|adınız soyadınız|isim soyisim|tam adi|tam adı", // tr
  "nama lengkap|nama penuh", // id, ms
  "ho va ten|ho ten|ho va ten cua ban", // vi
  "фио|полное имя|имя и фамилия|фамилия и имя|имя фамилия|фамилия имя отчество|контактное лицо", // ru
  "име и фамилия|трите имена|име и презиме|пиб|повне ім я|ім я та прізвище|прізвище та ім я", // bg, uk
  "ονοματεπωνυμο|πληρες ονομα", // el
  "שם מלא|שם פרטי ושם משפחה|שם ושם משפחה|איש קשר", // he
  "الاسم الكامل|الاسم بالكامل|اسمك الكامل", // ar
  "نام کامل|نام و نام خانوادگی", // fa
  "पूरा नाम", // hi
  "ชื่อ นามสกุล|ชื่อและนามสกุล|ชื่อเต็ม", // th
  "姓名|全名|联系人|聯絡人|聯繫人|氏名|お名前|名前|ご氏名|이름|성명|성함|담당자", // zh, ja, ko
] as const;

/** Questions for the name that do not hold a word for it. */
export const CALLED = [
  "what should we call you|what are you called|who are you|whom do we have the pleasure", // en
  "wie heissen sie|wie heißen sie|wie heisst du|wie heißt du|wer sind sie|wer bist du", // de
  "wie durfen wir sie nennen|wie darf ich sie nennen|wie durfen wir sie ansprechen|wie sollen wir dich nennen",
  "hoe heet je|hoe heet u|hoe heten jullie|wie ben je|wie bent u", // nl
  "hvad hedder du|hva heter du|vad heter du|hvem er du|vem ar du", // da, no, sv
  "comment vous appelez vous|comment t appelles tu|comment vous nommez vous|qui etes vous", // fr
  "como te llamas|como se llama|como se llama usted|com et dius|quien eres", // es, ca
  "come ti chiami|come si chiama|chi sei", // it
  "como voce se chama|como se chama|como te chamas|quem e voce", // pt
  "cum te cheama|cum te numesti|cum va numiti", // ro
  "jak masz na imie|jak sie nazywasz|jak sie pan nazywa|jak sie pani nazywa", // pl
  "jak se jmenujete|jak se jmenujes|ako sa volate|ako sa volas", // cs, sk
  "hogy hivnak|hogy hivjak|mi a neved", // hu
  "kako se zovete|kako se zoves|kako vam je ime|kako ti je ime", // hr, sr, sl
  "как вас зовут|как тебя зовут|як вас звати|як тебе звати|как се казвате", // ru, uk, bg
  "πωσ σε λενε|πωσ σας λενε|πωσ σασ λενε", // el
  "adiniz nedir|adınız nedir|adin ne|isminiz nedir", // tr
  "איך קוראים לך|ما اسمك", // he, ar
  "你叫什么名字|您怎么称呼|怎么称呼您|您贵姓|どのようにお呼びすれば|성함이 어떻게 되세요|성함이 어떻게 되시나요", // zh, ja, ko
] as const;

/** Words for the first name. */
export const FIRST = [
  "first name|firstname|given name|givenname|forename|fname|first", // en
  "vorname|vornamen|rufname", // de
  "voornaam", // nl
  "fornavn|fornamn|tilltalsnamn", // da, no, sv
  "etunimi|eesnimi", // fi, et
  "prenom|prenoms|nom de pila|nombre de pila", // fr, ca, es
  "primer nombre|primeiro nome", // es, pt
  "prenume|prenumele", // ro
  "krestni jmeno|krstne meno", // cs, sk
  "keresztnev|utonev", // hu
  "nama depan", // id
  "שם פרטי", // he
  "الاسم الأول|الاسم الاول", // ar
  "पहला नाम", // hi
  "名|名字", // zh, ja
] as const;

/** Words for the last name. */
export const LAST = [
  "last name|lastname|surname|family name|familyname|lname|last", // en
  "nachname|familienname|zuname", // de
  "achternaam|familienaam", // nl
  "efternavn|etternavn|efternamn", // da, no, sv
  "sukunimi|perekonnanimi|perenimi", // fi, et
  "nom de famille|cognom|cognoms", // fr, ca
  "apellido|apellidos|primer apellido|apellido paterno|1er apellido", // es
  "cognome", // it
  "sobrenome|apelido|apelidos", // pt
  "nume de familie|numele de familie", // ro
  "nazwisko", // pl
  "prijmeni|priezvisko", // cs, sk
  "vezeteknev|csaladnev|csaladi nev", // hu
  "prezime|priimek", // hr, sr, sl
  "uzvards|pavarde", // lv, lt
  "soyad|soyadi|soyadı|soyadiniz|soyadınız|soyisim|soyisminiz", // tr
  "nama belakang|nama keluarga", // id
  "фамилия|ваша фамилия|прізвище", // ru, bg, uk
  "επωνυμο|επιθετο", // el
  "שם משפחה", // he
  "اسم العائلة|الاسم الأخير|الاسم الاخير|اللقب|الكنية", // ar
  "نام خانوادگی", // fa
  "अंतिम नाम|उपनाम|कुलनाम", // hi
  "นามสกุล", // th
  "გვარი", // ka
  "姓|姓氏|성", // zh, ja, ko
] as const;

/** Words for what stands before a last name, such as "van der", and is asked for apart. */
export const PARTICLE = [
  "name particle|surname particle|name infix|surname infix|infix|nobiliary particle", // en
  "surname prefix|last name prefix|family name prefix|prefix last name|prefix surname",
  "tussenvoegsel|tussenvoegsels|tussenvoegsel s|tussenvoeg|tv|voorvoegsel|voorvoegsels", // nl, af
  "voorvoegsel achternaam|tussenvoegsel achternaam|voorvoegsels achternaam",
  "namenszusatz|namensvorsatz|namensprafix|vorsatzwort|vorsatzworter|adelspradikat", // de
  "particule|particule du nom|particule nobiliaire", // fr
  "particella|prefisso del cognome|particula|particula del apellido|particula do sobrenome",
] as const;

/** Words for a middle name, in whose place some give what stands before the last name. */
export const MIDDLE = [
  "middle name|middlename|middle names|middle|additional name|second given name|second first name",
  "zweiter vorname|zweitname|weitere vornamen|mittelname", // de
  "tweede voornaam|tweede naam|tussennaam|doopnamen", // nl
  "mellemnavn|mellomnavn|mellannamn", // da, no, sv
  "deuxieme prenom|second prenom|autres prenoms", // fr
  "segundo nombre|secondo nome|segundo nome|nome do meio", // es, it, pt
  "drugie imie|druhe jmeno|prostredni jmeno|druhe meno|kozepso nev", // pl, cs, sk, hu
  "отчество|второе имя|по батькові|бащино име|презиме", // ru, uk, bg
] as const;

/** Words for the second of two last names, where people have both. */
export const SECOND_LAST = [
  "segundo apellido|apellido materno|2o apellido|segundo sobrenome|apellido 2|segon cognom",
  "second last name|second surname|maternal surname|maternal last name|mother s last name",
] as const;
