import { readContacts } from './contacts.ts';
import { spansIn, withDigits } from './dates.ts';
import { readFeedback } from './feedback-day.ts';
import type { Ask, NoticeProblem, RoundFacts } from './notice-reading.ts';
import { lineAt, type Paragraph } from './paragraphs.ts';
import { readSignature } from './signature.ts';
import { withoutBlanks } from './text-forms.ts';

export interface ReadFacts {
  readonly round: RoundFacts;
  readonly problems: readonly NoticeProblem[];
}

interface Parts {
  readonly title: { readonly text: string; readonly line: number } | null;
  /** What stands before the first numbered heading. */
  readonly intro: readonly Paragraph[];
  /** From 欢迎广大干部群众 to the end, signature included. */
  readonly ending: readonly Paragraph[];
  readonly lastLine: number;
}

/** Reads what a notice says about its round; whatever is missing or malformed is null and asked about. */
export function readRoundFacts({ title, intro, ending, lastLine }: Parts): ReadFacts {
  const problems: NoticeProblem[] = [];
  const ask = (code: string, line: number, message: string): void => void problems.push({ code, line, message });
  const signature = readSignature(ending, lastLine, ask);
  const bodyName = readBodyName(title, signature.signedBy, ask);
  const introLine = intro[0] === undefined ? (title?.line ?? 1) : lineAt(intro[0], 0);
  const introText = withDigits(
    intro
      .map(({ text }) => text)
      .join('\n')
      .slice(0, longestIntro),
  );
  const inspection = readInspection(introText, introLine, ask);
  const feedbackOn = readFeedback(introText, inspection.inspectedTo, introLine, ask);
  if (signature.signedOn !== null && feedbackOn !== null && signature.signedOn < feedbackOn) {
    ask('implausible-date', signature.line, `落款日期${signature.signedOn}早于反馈日期${feedbackOn}，请核对两个日期。`);
  }
  const contacts = readContacts(ending, signature.signedOn, ask, lastLine);
  const { signedOn, signedBy } = signature;
  return {
    round: {
      bodyName,
      team: readTeam(introText, introLine, ask),
      ...inspection,
      feedbackOn,
      signedOn,
      signedBy,
      ...contacts,
    },
    problems,
  };
}

/** The facts stand in the first few sentences; characters. */
const longestIntro = 8000;

function readBodyName(title: Parts['title'], signedBy: string | null, ask: Ask): string | null {
  const plain = title === null ? '' : withoutBlanks(title.text);
  const before =
    /^(.{2,60}?)关于/u.exec(plain)?.[1] ??
    new RegExp(`^(中共.{2,50}?(?:党组|委员会|党委|党工委))`, 'u').exec(plain)?.[1];
  const fromTitle = before === undefined ? null : original(title?.text ?? '', before.length);
  if (fromTitle !== null && signedBy !== null && !isSameBody(fromTitle, signedBy)) {
    ask(
      'body-differs',
      title?.line ?? 1,
      `标题中的单位“${fromTitle}”与落款“${signedBy}”不一致，暂用标题中的名称，请确认。`,
    );
  }
  const name = fromTitle ?? signedBy;
  if (name === null) ask('missing-body', title?.line ?? 1, '没有读到被巡察党组织的名称，请在轮次信息中填写。');
  return name;
}

/** A signature may leave out 中共 or 党组. */
function isSameBody(one: string, other: string): boolean {
  const [a, b] = [one, other].map((name) => withoutBlanks(name).replace(/^中共/u, '')) as [string, string];
  return a.includes(b) || b.includes(a);
}

/** The first `length` non-blank characters of a text, blanks left out. */
const original = (text: string, length: number): string => text.replaceAll(/\s/gu, '').slice(0, length);

function readTeam(intro: string, line: number, ask: Ask): string | null {
  const plain = intro.replaceAll(' ', '');
  const found = [
    ...plain.matchAll(
      /(?:(?:中央|[省市区县旗州盟]|自治[区州县]|[镇街道]{1,2})党?工?委)?(?:第[一二三四五六七八九十\d]{1,3})?(?:提级|联动|交叉|专项|常规){0,2}(?:巡察|巡视)(?:第?[一二三四五六七八九十\d]{1,3})?组/gu,
    ),
  ].map(([name]) => name);
  const named = found.filter((name) => /[一二三四五六七八九十\d]|委/u.test(name.replace(/巡[察视]组$/u, '')));
  const numbers = new Set(named.flatMap((name) => /[一二三四五六七八九十\d]{1,3}/u.exec(name)?.[0] ?? []));
  const full = named.find((name) => name.includes('委') && /[一二三四五六七八九十\d]/u.test(name));
  const team = full ?? named.toSorted((a, b) => b.length - a.length)[0] ?? null;
  if (team === null) ask('missing-team', line, '没有读到巡察组的名称(如“市委第一巡察组”)，请在轮次信息中填写。');
  if (numbers.size > 1)
    ask(
      'several-teams',
      line,
      `前言提到不止一个巡察组(${[...new Set(named)].join('、')})，暂用“${team ?? ''}”，请确认。`,
    );
  return team;
}

function readInspection(
  intro: string,
  line: number,
  ask: Ask,
): { inspectedFrom: string | null; inspectedTo: string | null } {
  const spans = spansIn(intro).filter(({ to, from }) => /巡[察视]|进驻/u.test(sentenceAround(intro, from, to)));
  const [span, another] = spans;
  if (span === undefined) {
    const vague = /(?:(?:19|20)\d\d ?年)? ?\d{1,2} ?月[^,。;]{0,4}(?:至|到|[-~])[^,。;]{1,14}/u.exec(intro)?.[0];
    ask(
      'missing-inspection',
      line,
      vague === undefined
        ? '没有读到巡察起止日期，请在轮次信息中填写。'
        : `巡察起止日期写作“${vague.trim()}”，不是完整的年月日，请在轮次信息中填写。`,
    );
    return { inspectedFrom: null, inspectedTo: null };
  }
  if (another !== undefined && (another.first !== span.first || another.last !== span.last)) {
    ask(
      'several-inspections',
      line,
      `前言有不止一个巡察时段(${span.first}至${span.last}、${another.first}至${another.last})，暂用前一个，请确认。`,
    );
  }
  if (span.last < span.first) {
    ask('implausible-date', line, `巡察结束日期${span.last}早于开始日期${span.first}，请核对原文后在轮次信息中填写。`);
    return { inspectedFrom: null, inspectedTo: null };
  }
  return { inspectedFrom: span.first, inspectedTo: span.last };
}

function sentenceAround(text: string, from: number, to: number): string {
  const start = Math.max(text.lastIndexOf('。', from), text.lastIndexOf('\n', from)) + 1;
  const end = text.slice(to).search(/[。\n]/u);
  return text.slice(start, end === -1 ? text.length : to + end);
}
