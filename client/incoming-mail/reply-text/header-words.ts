/** What a line of a quoted mail's header says. */
export type HeaderKind = 'from' | 'to' | 'date' | 'subject' | 'copy' | 'other';

/**
 * Labels of Outlook, Foxmail, QQ, NetEase, Sina, Coremail, DingTalk, Lark, Lotus Notes and Apple Mail in their
 * languages. Lower case, without blanks inside (日　期).
 */
const labels: Readonly<Record<HeaderKind, string>> = {
  from: `from de von van da fra från od от від dela lähettäjä avsender afsender mittente expéditeur feladó kimden
    από remitente absender nadawca odesílatel отправитель gönderen 发件人 發件人 寄件者 寄件人 发送人 发信人
    發信人 发送者 发件者 寄信人 自 由 발신 보낸사람 보낸이 差出人 送信者 từ`,
  to: `to à a an aan til till para do komu pour per vastaanottaja кому címzett kime προς către destinataire destinatario
    empfänger adresat mottaker 收件人 收件者 收信人 接收人 至 受信人 宛先 받는사람 받는이 수신 đến tới prima`,
  date: `date datum data fecha dato sent gesendet envoyé envoyée enviado inviato verzonden verstuurd sendt skickat
    lähetetty päivämäärä wysłano wyslano odesláno odeslané poslané надіслано dátum дата отправлено відправлено elküldve küldve
    tarih gönderildi gönderilme gönderilen poslano στάλθηκε ημερομηνία trimis enviada enviadoem enviadael date/time dateandtime
    senttime senton datesent 已发送 已傳送 发送时间 發送時間 发送日期 發送日期 寄件日期 传送日期 傳送時間 发件时间 发信时间 发件日期 时间 時間 日期 送信日時 日時 보낸날짜 날짜 ngày
    envoyéle inviatoil`,
  subject: `subject betreff objet asunto oggetto onderwerp emne ämne aihe temat předmět predmet tema тема tárgy
    konu θέμα subiect assunto assumpte 主题 主旨 标题 主題 標題 件名 제목 chủđề`,
  copy: `cc kopie copie copia kopi kopia kopio másolat копия копія dw 抄送 抄送人 抄送至 副本 副本抄送 密件副本 密送 bcc 참조`,
  other: `reply-to replyto importance priority attachments organization risposta rispondi répondreà antwortan responder
    回复 答复 回覆 回复至 重要性 附件 优先级 wichtigkeit importanza prioritet message-id sensitivity cci ccn`,
};

const kinds = new Map<string, HeaderKind>();
for (const [kind, words] of Object.entries(labels)) {
  for (const word of words.split(/\s+/)) if (word !== '') kinds.set(word, kind as HeaderKind);
}

const labelLengthAtMost = 30;

/** The label with which a readable line begins: `*From:* …`, `发件人： …`, `Envoyé le : …`, `日　期：…`. */
export function labelOf(text: string): HeaderKind | undefined {
  for (let at = 0; at < text.length && at < labelLengthAtMost; at += 1) {
    if (text[at] === ':' || text[at] === '：') return kindOf(text.slice(0, at));
  }
  return undefined;
}

/** The kinds of all labels in a line, where a program dropped the breaks between them: `À : … Objet : …`. */
export function labelsIn(text: string): HeaderKind[] {
  const pieces = text.split(/[:：]/).slice(0, -1);
  const found = pieces.map((piece, index) => kindOf(index === 0 ? piece : (/\S{1,12}\s?$/.exec(piece)?.[0] ?? '')));
  return found.filter((kind) => kind !== undefined);
}

/** What a label without its colon says. */
export function kindOf(label: string): HeaderKind | undefined {
  const word = label.replace(/[\s*_|>]/g, '').toLowerCase();
  return kinds.get(word) ?? kinds.get(word.replace(/(?:le|il|el|em|den|dne|at|on)$/, ''));
}
