import { isRule, readable } from './mail-lines.ts';

/** What mailing lists, virus scanners and NetEase's card say of themselves, looked for below a rule. */
const belowRule =
  /mailing list|mailinglist|listinfo|google groups|unsubscribe|mailingliste|liste de diffusion|lista de correo|邮件列表|網上論壇|网上论坛|avast|avg\.|virus-free|virenfrei|frei von viren|签名由.{0,16}定制/i;

/** What mail servers of organisations add about secrecy; below a rule, since a person may speak of it too. */
const secrecyBelowRule =
  /^(?:this (?:e-?mail|message|communication)\b.{0,120}(?:confidential|privileged|intended)|(?:confidentiality|legal) notice\b|disclaimer\b|diese e-?mail\b.{0,80}vertraulich|ce (?:message|courriel|mail)\b.{0,80}confidentiel)/i;

/** The same where no rule stands above it. */
const withoutRuleAbove =
  /^(?:(?:virus-free|virenfrei|无病毒|sans virus|libre de virus|virusvrij)\.? ?www\.av(?:ast|g)\.com|you received this message because you are subscribed to|you are receiving this because you|您收到此邮件是因为您订阅了|to unsubscribe from this group|签名由.{0,16}定制|由\s?网易邮箱大师\s?定制|[【[]?(?:保密|免责)(?:声明|提示)[】\]]?[:：]|本(?:电子)?邮件(?:及|和|包含|所含|内容|中|可能|（|\().{0,20}(?:保密|机密|仅限|收件人))/i;

/** So near to the rule the words stand. */
const linesToWords = 6;

/** Does a footer that a list or program added begin in this line? */
export function beginsFooter(lines: readonly string[], index: number): boolean {
  const line = readable(lines[index]);
  if (withoutRuleAbove.test(line)) return true;
  if (!isRule(line) && line !== '__' && !/^[|\s]{1,8}$/.test(line)) return false;
  return lines.slice(index + 1, index + 1 + linesToWords).some((word) => {
    const text = readable(word);
    return belowRule.test(text) || secrecyBelowRule.test(text);
  });
}
