import { measureKindNames } from '../../workflows/rules/names.ts';
import type { MeasureKind } from '../../workflows/rules/terms.ts';

const spellings: Readonly<Record<MeasureKind, readonly string[]>> = {
  once: ['一次性', '一次性措施', 'once'],
  rule: ['建章立制', '建立制度', 'rule'],
  accountability: ['追责问责', '追责', '问责', '问责追责', 'accountability'],
  keepUp: ['长期坚持', '长期', 'keepup'],
};

/** Reads 措施类别; anything but its few spellings is a problem, since 追责问责 decides what a stand-in is told. */
export function measureKindOf(text: string): MeasureKind | { readonly problem: string } {
  const words = text.normalize('NFKC').trim().toLowerCase();
  const found = (Object.keys(spellings) as MeasureKind[]).find((kind) => spellings[kind].includes(words));
  return found ?? { problem: `措施类别“${text}”没有读懂，请写${Object.values(measureKindNames).join('、')}之一` };
}

const ruleWords =
  /(?:制定|修订|建立|出台|健全|完善)[^，。；！？、]{0,30}?(?:制度|办法|规定|细则|规范|规程|机制|指引)(?!建设)/u;
/** Somebody is held to account; 谈心谈话 and conversations with firms hold nobody. */
const accountabilityWords = /问责|追责|处分|诫勉|(?:提醒|警示|批评教育|廉政)谈话|谈话(?:提醒|函询)/u;

/** What kind a measure's own words tell beyond doubt; only proposed, never set. */
export function kindInWords(text: string): 'rule' | 'accountability' | undefined {
  const [isRule, isAccountability] = [ruleWords.test(text), accountabilityWords.test(text)];
  if (isRule === isAccountability) return undefined;
  return isRule ? 'rule' : 'accountability';
}

/** Which measures of a notice look like a kind that the office has to say, in a sentence for each kind. */
export function kindNotes(
  issues: readonly { readonly code: string; readonly measures: readonly { number: number; text: string }[] }[],
): string[] {
  return (['accountability', 'rule'] as const).flatMap((kind) => {
    const those = issues.flatMap(({ code, measures }) =>
      measures.filter(({ text }) => kindInWords(text) === kind).map(({ number }) => `${code}.${String(number)}`),
    );
    if (those.length === 0) return [];
    const shown = those.length > 20 ? `${those.slice(0, 20).join('、')}等` : those.join('、');
    return [
      `${String(those.length)} 条措施看来是${measureKindNames[kind]}（${shown}），没有替您定；是的，请在分工表的“措施类别”写明`,
    ];
  });
}
