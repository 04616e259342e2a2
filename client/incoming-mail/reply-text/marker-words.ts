/** Words in a list by `/`, with breaks where it grows long. */
function listed(words: string): ReadonlySet<string> {
  return new Set(words.split('/').map((word) => word.trim()));
}

/** What mail programs write between dashes above the mail that is answered. Lower case, one blank between words. */
export const originalWords = listed(`
  原始邮件 / 原始郵件 / 原始信件 / 原邮件 / 原郵件 / 邮件原件 / 邮件原文 / 原文 / 原始信息 / 原始消息 / 回复的原邮件 /
  回复邮件 / 回复原邮件 / 原始邮件信息 / 回覆的原郵件 / 原信 / 原始邮件内容 / 历史邮件 / 原始訊息 / 回复信息 /
  original / original message / original messages / original mail / original email / original e-mail /
  original appointment / replied message / reply message / original text /
  ursprüngliche nachricht / originalnachricht / original-nachricht / original nachricht / antwort nachricht /
  ursprüngliche mail / ursprüngliche e-mail / urspruengliche nachricht / originale nachricht / originalmail /
  message d'origine / message d’origine / message original / message initial / courriel d'origine / e-mail d'origine /
  message d'origine de / mensaje original / mensaje originado / correo original / mensagem original /
  mensagem de origem / messaggio originale / messaggio originario / messaggio di origine /
  oorspronkelijk bericht / origineel bericht / oorspronkelijke bericht / oorspronkelijke e-mail /
  ursprungligt meddelande / originalmeddelande / original meddelande / oprindelig meddelelse / original meddelelse /
  oprindelig besked / original besked / oprindelig mail / opprinnelig melding / original melding / opprinnelig e-post /
  alkuperäinen viesti / alkuperäinen sähköposti / wiadomość oryginalna / oryginalna wiadomość /
  treść oryginalnej wiadomości / wiadomość pierwotna / původní zpráva / původní e-mail / pôvodná správa /
  исходное сообщение / оригинальное сообщение / первоначальное сообщение / исходное письмо /
  початкове повідомлення / оригінальне повідомлення / оригинално писмо / eredeti üzenet / mesaj original /
  mesajul original / orijinal mesaj / özgün ileti / αρχικό μήνυμα / missatge original / izvorna poruka /
  originalno sporočilo / thư gốc / tin nhắn gốc / 元のメッセージ / 원본 메일 / 원본 메시지 / 원래 메시지`);

/** What they write between dashes above a mail that is passed on. */
export const forwardedWords = listed(`
  转发的邮件 / 转发邮件 / 已转发邮件 / 已转发的邮件 / 转发邮件信息 / 转发的原邮件 / 转发信息 / 转发消息 / 被转发邮件 /
  轉寄的郵件 / 轉寄郵件 / 已轉寄郵件 / 轉寄訊息 / 转寄的邮件 / forwarded message / forwarded mail / forwarded email /
  forward message / weitergeleitete nachricht / weitergeleitete e-mail / message transféré / message transmis /
  mensaje reenviado / mensagem encaminhada / mensagem reencaminhada / messaggio inoltrato / doorgestuurd bericht /
  vidarebefordrat meddelande / videresendt meddelelse / videresendt melding / välitetty viesti /
  edelleen lähetetty viesti / přeposlaná zpráva / preposlaná správa / wiadomość przekazana dalej /
  przekazana wiadomość / пересылаемое сообщение / пересланное сообщение / переслане повідомлення /
  továbbított üzenet / iletilmiş mesaj / mesaj redirecționat / 転送メッセージ / 전달된 메시지`);

/** How Apple Mail begins it, without dashes. */
export const appleForwardedWords = listed(`
  begin forwarded message / 开始转发的邮件 / 下面是被转发的邮件 / 以下是轉寄的郵件 / 開始轉寄郵件 / 開始轉寄訊息 /
  anfang der weitergeleiteten nachricht / anfang der weitergeleiteten e-mail / début du message réexpédié /
  début du message transféré / inicio del mensaje reenviado / início da mensagem reencaminhada /
  início da mensagem encaminhada / inizio messaggio inoltrato / begin doorgestuurd bericht / vidarebefordrat brev /
  videresendt besked / начало переадресованного сообщения`);
