/**
 * What an element holds that a mail program made: `quoted` the mail that is answered, `signature` what stands below each
 * of the person's mails, `attribution` the words above a quote, `quotedBelow` nothing, but what follows is quoted.
 */
export type Container = 'quoted' | 'signature' | 'attribution' | 'quotedBelow';

/** By class: NetEase, Lark, Yahoo, Proton, Zoho, GMX, Outlook for phones, Apple Mail, Thunderbird, Gmail, Coremail. */
const byClass: Readonly<Record<string, Container>> = {
  'ntes-mailmaster-quote': 'quoted',
  'history-quote-wrapper': 'quoted',
  'lark-mail-quote': 'quoted',
  yahoo_quoted: 'quoted',
  protonmail_quote: 'quoted',
  zmail_extra: 'quoted',
  referencequote: 'quoted',
  mail_quote: 'quoted',
  quoted_text: 'quoted',
  'ms-outlook-mobile-reference-message': 'quoted',
  gmail_attr: 'attribution',
  'moz-cite-prefix': 'attribution',
  gmail_signature: 'signature',
  'moz-signature': 'signature',
  'ntes-signature': 'signature',
  'imail-signature': 'signature',
  protonmail_signature_block: 'signature',
  'lark-mail-signature': 'signature',
  'mail-signature': 'signature',
};

/** By id, whose `x_` before it Outlook adds with every answer: Outlook, Exchange, Hotmail, QQ, NetEase, Lark, Apple. */
const byId: Readonly<Record<string, Container>> = {
  divrplyfwdmsg: 'quotedBelow',
  appendonsend: 'quotedBelow',
  stopspelling: 'quotedBelow',
  olk_src_body_section: 'quoted',
  'mail-editor-reference-message-container': 'quoted',
  isreplycontent: 'quoted',
  'original-content': 'quoted',
  fmoriginalcontent: 'quoted',
  signature: 'signature',
  'ms-outlook-mobile-signature': 'signature',
  imail_signature: 'signature',
  'ntes-pcmac-signature': 'signature',
  applemailsignature: 'signature',
  'lark-mail-signature': 'signature',
};

/** By name: QQ's own elements. */
const byName: Readonly<Record<string, Container>> = {
  includetail: 'quoted',
  sign: 'signature',
  'xm-signature': 'signature',
};

/** The container that begins with this element; `undefined` when none does. */
export function containerOf(name: string, attributes: Readonly<Record<string, string>>): Container | undefined {
  const { id = '', class: classes = '' } = attributes;
  if (Object.hasOwn(byName, name)) return byName[name];
  const key = id.toLowerCase().replace(/^(?:x_){1,9}/, '');
  if (Object.hasOwn(byId, key)) return byId[key];
  if (key.startsWith('lark-mail-quote-') || key.startsWith('yahoo_quoted')) return 'quoted';
  for (const one of classes.toLowerCase().split(/\s+/, 20)) {
    const plain = one.replace(/^(?:x_){1,9}/, '');
    if (Object.hasOwn(byClass, plain)) return byClass[plain];
  }
  return name === 'blockquote' && !isIndentation(attributes) ? 'quoted' : undefined;
}

/** With "indent more" the person moves his own words to the right; Gmail draws no border then. */
function isIndentation({
  style = '',
  type = '',
  cite = '',
  class: classes = '',
}: Readonly<Record<string, string>>): boolean {
  return type === '' && cite === '' && classes === '' && /border(?:-left)?:\s{0,3}(?:none|0(?:px)?)\b/i.test(style);
}
