/**
 * The traditional characters that the words of an answer are asked and promised with, each before its simplified form.
 * Names and reports hold many others; nothing is read from those.
 */
const traditional =
  '確确認认領领簽签請请銷销號号辦办結结該该項项條条問问題题務务們们對对單单門门處处導导審审閱阅謝谢關关證证據据資资見见詳详後后現现準准備备' +
  '擬拟計计劃划預预爭争無无沒没議议況况屬属實实與与際际內内轉转給给負负責责牽牵頭头開开點点個个幾几進进長长寬宽順顺時时間间於于鑒鉴慮虑當当經经應应將将報报' +
  '達达驗验週周階阶補补齊齐嗎吗麼么來来難难發发過过還还這这為为裡里標标規规約约續续動动歸归錄录數数狀状態态樣样詢询遲迟緩缓業业職职離离圖图隨随傳传滿满';

const simplifiedOf = new Map<string, string>();
for (let place = 0; place < traditional.length; place += 2) {
  simplifiedOf.set(traditional[place]!, traditional[place + 1]!);
}

/**
 * Words as the patterns of the answers spell them: letters and digits of plain width, simplified characters. Every
 * character keeps its place, so that what is found here can be cut from the words as they were written.
 */
export function foldedWords(text: string): string {
  return text.replace(/[０-９Ａ-Ｚａ-ｚ\u4e00-\u9fff]/gu, (char) => {
    const code = char.charCodeAt(0);
    return code > 0xff00 ? String.fromCharCode(code - 0xfee0) : (simplifiedOf.get(char) ?? char);
  });
}

/** `申 请 销 号` as one word; where longer words stand apart, the space between them ends a clause. */
export function unspacedWords(text: string): string {
  return text.replace(spacedOut, (words) => words.replace(/[ \u3000]/g, ''));
}

const spacedOut =
  /(?<![^\s，,。.；;！!：:])\p{Script=Han}(?:[ \u3000]{1,2}\p{Script=Han}){2,}(?![^\s，,。.；;！!：:])/gu;
