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
  "apellido|apellidos", // es
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
