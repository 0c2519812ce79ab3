/**
 * What forms call an email address, a phone number, a company and a job, in the languages they are
 * written in. Each entry is one language or a few that share a word; `|` separates words.
 */

/** Words for an email address; a question holds one of them. */
export const EMAIL = [
  "email|e mail|mail address|mailadresse|emailaddress|mail", // en and many more
  "courriel|adresse electronique", // fr
  "correo", // es
  "posta elettronica", // it
  "endereco eletronico", // pt
  "e post|epost|mejl", // sv, no, et
  "sahkoposti", // fi
  "e posta|eposta", // tr, hu, sl
  "e pasts|el pastas|elektroninis pastas", // lv, lt
  "poczta elektroniczna|adres elektroniczny", // pl
  "surel", // id
  "thu dien tu", // vi
  "почт|почта|имейл|имэйл|емейл|мейл|эл адрес|электронный адрес|поща", // ru, bg
  "пошта|пошти|електронна адреса", // uk
  "ηλεκτρονικη διευθυνση|ηλεκτρονικο ταχυδρομειο", // el
  "אימייל|מייל|דוא ל|דואל|דואר אלקטרוני", // he
  "البريد|بريد|إيميل|ايميل|الإيميل|الايميل", // ar
  "ایمیل|پست الکترونیک", // fa
  "ईमेल", // hi
  "อีเมล", // th
  "ელფოსტა", // ka
  "邮箱|郵箱|邮件|電郵|电邮|電子郵件|電子信箱|信箱|メール|이메일|메일|전자우편", // zh, ja, ko
] as const;

/** Words for a phone number; a question holds one of them. */
export const PHONE = [
  "phone|telephone|mobile|cell|cellphone|whatsapp|contact number|contact no|call me at|tel", // en
  "telefon|handy|rufnummer|mobil|mobilnummer", // de and many more
  "telefoon|gsm", // nl
  "puhelin|puhelinnumero|puh|matkapuhelin", // fi
  "portable", // fr
  "telefono|celular|movil", // es
  "cellulare", // it
  "telefone|telemovel", // pt
  "komorka|numer kontaktowy", // pl
  "talrunis|talruna", // lv
  "cep tel|cep no", // tr
  "telepon|no hp|nomor hp", // id
  "dien thoai|sdt", // vi
  "телефон|контактный номер|мобильный|мобільний|моб", // ru, bg, uk
  "τηλεφωνο|κινητο", // el
  "טלפון|נייד|סלולרי", // he
  "هاتف|الهاتف|جوال|الجوال|موبايل|الموبايل", // ar
  "تلفن|موبایل|شماره تماس|همراه", // fa
  "फोन|फ़ोन|मोबाइल", // hi
  "โทร|มือถือ", // th
  "ტელეფონი|ტელეფონის", // ka
  "电话|電話|手机|手機|联系方式|携帯|전화|핸드폰|휴대폰|휴대전화|연락처", // zh, ja, ko
] as const;

/** Words for a company, or what has one's place. */
export const COMPANY = [
  "company|companyname|organization|organisation|organizationname|business|employer|firm", // en
  "firma|firmenname|firmen|unternehmen|unternehmens|unternehmensname|betrieb|arbeitgeber", // de
  "bedrijf|bedrijfsnaam|organisatie|werkgever", // nl
  "virksomhed|virksomhedsnavn|bedrift|firmanavn|foretag|foretagsnamn|foretagets namn", // da, no, sv
  "yritys|yrityksen|organisaatio|ettevote", // fi, et
  "entreprise|societe|raison sociale", // fr
  "empresa|razon social|compania|organizacion|negocio", // es
  "azienda|societa|ragione sociale|impresa", // it
  "empresas|razao social|companhia|organizacao", // pt
  "companie|companiei|denumire firma|numele firmei", // ro
  "firmy|nazwa firmy|nazwa organizacji|przedsiebiorstwo|organizacja", // pl
  "spolecnost|spolecnosti|spolocnost|spolocnosti|nazev firmy|nazov firmy", // cs, sk
  "ceg|cegnev|ceg neve|vallalkozas neve", // hu
  "tvrtka|podjetje|naziv tvrtke|poduzece", // hr, sl
  "uznemums|imone", // lv, lt
  "sirket|sirketiniz|kurum", // tr
  "perusahaan", // id
  "cong ty", // vi
  "компания|компании|организация|название компании|название организации|фирма", // ru, bg
  "компанія|компанії|назва компанії|організація", // uk
  "εταιρεια|εταιρια|επωνυμια|επιχειρηση", // el
  "חברה|החברה|ארגון|עסק", // he
  "شركة|الشركة|المؤسسة|اسم الشركة", // ar
  "شرکت", // fa
  "कंपनी", // hi
  "บริษัท|ชื่อบริษัท", // th
  "კომპანია", // ka
  "公司|公司名称|公司名稱|单位|单位名称|企业|企业名称|会社|会社名|貴社名|御社名|企業名|法人名|회사|회사명|기업명", // zh, ja, ko
] as const;

/** Words for what somebody does in a company. */
export const TITLE = [
  "job title|jobtitle|job|role|position|occupation|designation|profession|organization title", // en
  "berufsbezeichnung|funktion|beruf|rolle|rolle im unternehmen|stellenbezeichnung|jobtitel", // de
  "functie|functietitel|beroep", // nl
  "stilling|stillingsbetegnelse|befattning|yrke|yrkestitel", // da, no, sv
  "tehtavanimike|ammatti|asema|ametinimetus|amet", // fi, et
  "fonction|poste|intitule du poste|intitule de poste", // fr
  "cargo|puesto|profesion|ocupacion", // es
  "ruolo|posizione|professione|qualifica", // it
  "funcao|profissao", // pt
  "functia|functie|pozitia", // ro
  "stanowisko|zawod", // pl
  "pozice|funkce|povolani|pozicia|funkcia", // cs, sk
  "beosztas|munkakor", // hu
  "pozicija|radno mjesto|delovno mesto", // hr, sl
  "amats|pareigos", // lv, lt
  "unvan|gorev|pozisyon|meslek", // tr
  "jabatan", // id
  "chuc vu|chuc danh", // vi
  "должность|профессия|позиция|длъжност|посада", // ru, bg, uk
  "θεση|ιδιοτητα|επαγγελμα", // el
  "תפקיד", // he
  "المسمى الوظيفي|الوظيفة|المنصب", // ar
  "سمت", // fa
  "पद", // hi
  "ตำแหน่ง", // th
  "职位|職位|职务|職務|職稱|役職|직함|직책|직위", // zh, ja, ko
] as const;
