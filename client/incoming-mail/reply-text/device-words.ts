import { readable } from './mail-lines.ts';

const products =
  'iphone|ipad|ipod|ios|android|安卓|blackberry|windows|macbook|outlook|foxmail|gmail|yahoo|hotmail|samsung|galaxy|nokia|' +
  'sony|xperia|htc|motorola|lenovo|联想|huawei|华为|荣耀|xiaomi|小米|redmi|红米|oppo|vivo|oneplus|一加|魅族|lumia|verizon|' +
  'vodafone|smartphone|mobiltelefon|mobilgerät|手机|手機|平板|客户端|邮箱大师|邮箱|信箱|邮件|郵件|企业微信|微信|wecom|钉钉|' +
  'dingtalk|钉邮|coremail|论客|harmonyos|鸿蒙|vivo|阿里|天翼|新浪|wps|飞书|lark|feishu|typeapp|mailspring|spark|acompli|airmail|thunderbird|unibox|newton|cloudmagic|polymail|' +
  'superhuman|proton|zoho|yandex|qq|网易|新浪|搜狐|sina|netease|mail\\.ru';

/** The words that a phone or program puts under what one writes with it, by language; lower case. */
const sentWith = [
  'sent from|sent via|sent with|sent using|get outlook for|download outlook for',
  'gesendet von|gesendet mit|gesendet über|versendet mit|diese nachricht wurde von mein|von mein',
  'outlook für|holen sie sich outlook|laden sie outlook|hol dir outlook',
  "envoyé de|envoyé depuis|envoyé à partir|envoyé avec|envoyé via|envoyé d'|télécharger outlook|obtenez outlook",
  'enviado desde|enviado do|enviado da|enviado de|enviado a partir|enviado con|enviado com|enviado via',
  'obtener outlook|obter o outlook|obtenha o outlook|obter outlook|baixar o outlook|descargar outlook',
  'inviato da|inviato dal|inviato con|inviato tramite|ottieni outlook|scarica outlook',
  'verstuurd vanaf|verzonden vanaf|verzonden met|verstuurd met|verzonden vanuit|outlook voor|download outlook voor',
  'skickat från|skickades från|sendt fra|sendt med|skaffa outlook|hämta outlook|hent outlook|få outlook',
  'lähetetty|hanki outlook|wysłane z|wysłano z|wysłany z|pobierz outlook',
  'odesláno z|odoslané z|posláno z|získat outlook|stáhnout outlook',
  'отправлено с|отправлено из|послано с|надіслано з|получить outlook|скачать outlook|trimis de pe|στάλθηκε από',
];
const form = new RegExp(`^(?:${sentWith.join('|')})`);
const ownedForm = /^\S{3,10} \S{1,7} (?:my|mein\S*|mon|mi|mio|meu|mijn|min|mojego|mého|моего)\s/;
const reversedForm =
  /(?:gesendet|gönderildi|küldve|から送信|を入手|에서 보냄)$|^(?:从|從|由|通过|透過)\s?.{1,24}(?:发送|傳送|发出|寄出)$/;
const chineseForm = new RegExp(
  `^(?:发自|發自|发送自|發送自|寄自|来自|來自)(?:我的|于|於)?\\s?[^的]{0,16}(?:${products})[\\w\\s+()（）.版应用程序客户端手机智能-]{0,24}$`,
);
const chineseOwn = /^(?:发自|發自|发送自|發送自|寄自)我的\s?[^，。；：！？,;:!?]{1,20}$/;
const chineseOutlook = /^(?:获取|取得|下载|下載)\s?(?:适用于|適用於)?.{0,20}outlook.{0,30}$/;
const product = new RegExp(products);
const knownPhone =
  /^sent from (?:my (?:iphone|ipad|android|samsung|blackberry|galaxy|phone|mobile)|yahoo mail\. get the app|(?:yahoo|aol) mail (?:on|for) )/;

/** What a person does not mean by it has none of these. */
const sentence = /[,，;；!！?？。]|\.\s/;

const link = /[<[(]\s?(?:https?:|mailto:)[^<>[\]()]{1,300}[>\])]/g;

/** Says of a line whether a program put it there: `certain` by the product it names, `likely` by its form alone. */
export function deviceLine(line: string | undefined): 'certain' | 'likely' | undefined {
  if (line === undefined || line.length < 4) return undefined;
  const text = readable(line)
    .toLowerCase()
    .replace(link, '')
    .replace(/^[-—–*•_\s]{1,6}/, '')
    .trim();
  if (text === '' || text.length > 120) return undefined;
  const words = /[.*_]$/.test(text) ? text.slice(0, -1) : text;
  if (knownPhone.test(words)) return words.length <= 70 || !words.includes(',') ? 'certain' : undefined;
  if (chineseForm.test(words) || chineseOwn.test(words) || chineseOutlook.test(words)) return 'certain';
  if (sentence.test(words) || words.length > 90) return undefined;
  if (reversedForm.test(words)) return product.test(words) ? 'certain' : undefined;
  if (!form.test(words)) return undefined;
  if (product.test(words) || /\bmail\b/.test(words) || ownedForm.test(words)) return 'certain';
  return words.length <= 50 ? 'likely' : undefined;
}

/** Does the line carry a link, as only a program's does? Outlook for phones puts it between the answer and the quote. */
export function hasLink(line: string): boolean {
  return /[<[(]\s?https?:/.test(readable(line));
}
