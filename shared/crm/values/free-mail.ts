/** Providers with an address of their own in many countries, and its endings. */
const IN_MANY_COUNTRIES: Record<string, string> = {
  yahoo: "ae at be ca ch cn co co.id co.il co.in co.jp co.kr co.nz co.th co.uk co.za com com.ar " +
    "com.au com.br com.cn com.co com.hk com.is com.mx com.my com.ph com.ru com.sg com.tr com.tw " +
    "com.vn cz de dk es fi fr gr hu ie in it jp nl no pl pt ro ru se",
  hotmail: "be ca ch co.il co.jp co.nz co.th co.uk com com.au com.br de es fr it kg kz nl no ru se",
  live:
    "at be ca cl cn co.uk co.za com com.ar com.au com.mx com.pt com.sg de dk fr ie in it jp nl " +
    "no ru se",
  outlook: "at be cl co.id co.il co.nz co.th com com.au com.br com.gr com.pe com.tr com.vn cz de " +
    "dk es fr hu ie in it jp kr lv my nl ph pt sa sg sk",
  gmx: "at ch co.uk com de fr li net",
  msn: "cn com nl",
  aol: "co.uk com fr",
  tiscali: "at be co.uk it lu se",
  terra: "cl com com.ar com.br es",
  yandex: "com pl ru ua",
  wanadoo: "es fr",
  proton: "me",
  protonmail: "ch com",
};

const OTHERS =
  "126.com 163.com 188.com 21cn.com abv.bg aim.com alice.it aliyun.com ameritech.net " +
  "arcor.de atlas.cz att.net autorambler.ru azet.sk bell.net bellsouth.net biglobe.ne.jp bigmir.net " +
  "bigpond.com bigpond.net.au bk.ru bluewin.ch blueyonder.co.uk bol.com.br btinternet.com centrum.cz " +
  "centrum.sk charter.net chello.nl citromail.hu comcast.net cox.net daum.net docomo.ne.jp duck.com " +
  "earthlink.net eircom.net email.com email.cz email.ua fastmail.com fastmail.fm foxmail.com free.fr " +
  "freemail.hu freenet.de freeserve.co.uk gazeta.pl globo.com gmail.com googlemail.com hanmail.net " +
  "hetnet.nl hey.com home.nl hushmail.com i.ua icloud.com iinet.net.au inbox.com inbox.lv inbox.ru " +
  "indamail.hu indiatimes.com interia.pl iol.it juno.com kpnmail.nl laposte.net libero.it list.ru " +
  "lycos.com mac.com mail.bg mail.com mail.ee mail.ru mailbox.org mailfence.com me.com meta.ua " +
  "mindspring.com mynet.com myself.com nate.com naver.com netzero.com netzero.net newmail.ru " +
  "nifty.com ntlworld.com o2.pl ocn.ne.jp onet.pl online.no op.pl optonline.net optusnet.com.au " +
  "orange.fr pacbell.net planet.nl plus.com pm.me pochta.ru poczta.onet.pl post.cz posteo.de " +
  "posteo.net prodigy.net q.com qq.com rambler.ru rediff.com rediffmail.com rocketmail.com " +
  "rogers.com rr.com runbox.com sapo.pt sbcglobal.net seznam.cz sfr.fr shaw.ca sify.com sina.cn " +
  "sina.com sky.com skynet.be snet.net supereva.it swbell.net sympatico.ca t-online.de talktalk.net " +
  "tds.net telenet.be tin.it tom.com tpg.com.au tuta.com tuta.io tutanota.com tutanota.de twc.com " +
  "ukr.net uol.com.br verizon.net videotron.ca virgilio.it virgin.net virginmedia.com walla.co.il " +
  "web.de westnet.com.au windstream.net wp.pl xs4all.nl xtra.co.nz ya.ru yeah.net ymail.com " +
  "ymail.ne.jp ziggo.nl zoho.com zohomail.com privaterelay.appleid.com";

const domains = new Set(
  Object.entries(IN_MANY_COUNTRIES).flatMap(([name, endings]) =>
    endings.split(" ").map((ending) => `${name}.${ending}`)
  ).concat(OTHERS.split(" ")),
);

/** Whether anybody can have an address at this domain, so that it tells no company. */
export function isFreeMail(domain: string): boolean {
  return domains.has(domain);
}

/** Every domain of {@link isFreeMail}. */
export const freeMailDomains: ReadonlySet<string> = domains;
