import { linesOf } from './reply-text/mail-lines.ts';
import { ownWords } from './reply-text/own-words.ts';
import { withoutSignature } from './reply-text/signature.ts';

/**
 * The visible answer of a body: what the person wrote himself, without the quoted mail and without the signature. Reads
 * the text of Outlook, Exchange on phones, Foxmail, QQ, WeCom, NetEase, Sina, DingTalk, Lark, Gmail, Apple Mail,
 * Thunderbird and others in Chinese, English and the common European languages, and what `textOfHtml` makes of their
 * HTML. Where it is not sure what is a quote, it keeps more. Takes time in proportion to the text's length.
 *
 * Whether an attribution, a block of labels or a row of dashes begins a quote is told in `reply-text/`, one file for
 * each; languages are tables there. Marks of quoting and signatures follow RFC 3676 §4.3 and §4.5.
 */
export function visibleAnswer(text: string): string {
  let answer = '';
  let gap = '';
  for (const words of ownWords(linesOf(text))) {
    const lines = withoutSignature(words);
    const from = lines.findIndex((line) => line !== '');
    if (from > 0) gap = '\n\n';
    if (from >= 0) answer += `${answer === '' ? '' : gap}${lines.slice(from).join('\n')}`;
    // Of the free lines around a quote that is left out, one remains.
    if (from >= 0 || gap === '') gap = words.lines.at(-1) === '' ? '\n\n' : '\n';
  }
  return answer.trim();
}
