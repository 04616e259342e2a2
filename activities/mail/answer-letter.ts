import { inChinese, type IsoDate } from '../../workflows/rules/instants.ts';
import type { ClosureOutcome, MovedMeasure } from '../../workflows/rules/events.ts';
import type { AnswerFacts } from './answer-facts.ts';
import {
  measuresReturned,
  punishmentClosings,
  punishmentsDecided,
  returnedItems,
  returnedPieces,
  stepTakenBack,
} from './answer-words.ts';
import type { Hours } from './hours.ts';
import type { AnswerContent, Channel, Letter } from './letter.ts';
import type { EvidenceDue, IssueFacts } from './line-facts.ts';
import { codeOnlyNotice, confidentialNotice } from './words.ts';

export interface AnswerInput {
  readonly greeting: string;
  readonly issue: IssueFacts;
  readonly facts: AnswerFacts;
  readonly hours: Hours;
  readonly nextDueOn: IsoDate | undefined;
  readonly evidenceDue: EvidenceDue;
  readonly publicUrl: string;
  readonly office: string;
  readonly channel: Channel;
}

type Words = Pick<Letter, 'headline' | 'paragraphs' | 'fields' | 'closing'>;

/** Tells somebody what became of what he asked for or handed in, and of the look-back. */
export function answerLetter(content: AnswerContent, input: AnswerInput): Letter {
  const { greeting, issue, publicUrl, office } = input;
  const words = wordsOf(content, input);
  return {
    ...words,
    closing: [...withheldWords(issue), ...words.closing],
    subject: `【整改督办】${words.headline.replaceAll('，', ',')} — ${issue.bodyName ?? issue.roundName}巡察整改`,
    greeting,
    link: { label: `查看 ${issue.code}`, url: `${publicUrl}/issues/${issue.id}` },
    office,
  };
}

/** Why there are no words, where there are none. */
function withheldWords({ title, secrecy }: IssueFacts): string[] {
  if (title !== null) return [];
  return [secrecy === 'confidential' ? `${confidentialNotice}。` : codeOnlyNotice];
}

/** How the reader answers: somebody without mail tells the office, which enters it for him (代录). */
const ways: Readonly<Record<Channel, Readonly<Record<'noReply' | 'handIn' | 'proposeAgain' | 'askAgain', string>>>> = {
  mail: {
    noReply: '本邮件无需回复。',
    handIn: '作附件直接回复本邮件',
    proposeAgain: '再回复“申请销号”',
    askAgain: '请直接回复本邮件再次提请出库。',
  },
  paper: {
    noReply: '本件无需答复。',
    handIn: '送督办办公室',
    proposeAgain: '再向督办办公室申请销号',
    askAgain: '请告知督办办公室，再次提请出库。',
  },
};

function wordsOf({ about, reason }: AnswerContent, input: AnswerInput): Words {
  const { issue, facts, nextDueOn, evidenceDue } = input;
  const { code } = issue;
  const { noReply, handIn, proposeAgain, askAgain } = ways[input.channel];
  const supply = `请按理由补充材料，${handIn}`;
  const item = itemWords(issue);
  const given = reason === null ? '见链接' : reason.trim() === '' ? '（未写明）' : reason.trim();
  const said = (label: string) => ({ label, text: given });
  switch (about) {
    case 'closureReturned': {
      const measures = facts.fact?.type === about ? facts.fact.measures.filter((number) => number > 0) : [];
      return {
        headline: `${code} 销号申请被退回，请补充材料`,
        paragraphs: [`${item}的销号申请，经审核予以退回。`],
        fields: [...labelled('退回的措施', measures.join('、')), said('退回理由'), ...supplyBy(measures, evidenceDue)],
        closing: [`${supply}；补齐后${proposeAgain}。`],
      };
    }
    case 'closureApproved':
      return approved(item, input);
    case 'rebounded':
      return {
        headline: `${code} 回头看发现反弹，请重新整改`,
        paragraphs: [`${item}经回头看，发现问题反弹，须重新整改。`],
        fields: [said('发现情况'), ...day('新的时限', issue.deadline)],
        closing: [`请按新的时限重新整改，佐证材料${handIn}。逾期提醒将同时告知责任领导。`],
      };
    case 'extensionGranted': {
      const days = facts.fact?.type === about ? `${String(facts.fact.days)}天` : '';
      return {
        headline: `${code} 已同意延期`,
        paragraphs: [`${item}的延期申请，经审定同意延期${days}。`],
        fields: [said('审定意见'), ...day('新的时限', issue.deadline)],
        closing: [`请按新的时限完成整改，佐证材料${handIn}。`],
      };
    }
    case 'extensionRefused':
      return {
        headline: `${code} 延期申请未获同意，请按原时限完成`,
        paragraphs: [`${item}的延期申请，经审定不予同意，仍按原时限整改。`],
        fields: [said('审定意见'), ...day('整改时限', issue.deadline)],
        closing: [`请抓紧办理，佐证材料${handIn}。`],
      };
    case 'disputeRejected':
      return {
        headline: `${code} 异议未予采纳，请继续整改`,
        paragraphs: [`对${item}提出的异议，经核实不予采纳，请继续整改。`],
        fields: [said('核实结论'), ...day('整改时限', issue.deadline)],
        closing: [`请抓紧办理，佐证材料${handIn}。`],
      };
    case 'withdrawn': {
      const isUpheld = facts.fact?.type === about && facts.fact.because === 'disputeUpheld';
      return {
        headline: `${code} 已撤销，不再督办`,
        paragraphs: [isUpheld ? `对${item}提出的异议，经核实成立，该问题予以撤销。` : `${item}经研究予以撤销。`],
        fields: [said(isUpheld ? '核实结论' : '撤销理由')],
        closing: ['此后不再要求报送材料；已报送的材料留存备查。', noReply],
      };
    }
    case 'mergedInto': {
      const into = facts.into === undefined ? '其他问题' : itemWords(facts.into);
      return {
        headline: `${code} 已并入${facts.into === undefined ? '其他问题' : ` ${facts.into.code}`}`,
        paragraphs: [`${item}已并入${into}，此后一并整改、一并销号。`],
        fields: [said('并入理由')],
        closing: [noReply],
      };
    }
    case 'evidenceJudged':
      return {
        headline: `${code} 有佐证材料被退回，请补充`,
        paragraphs: [`${item}的佐证材料，经审核退回一部分。`],
        fields: [
          ...labelled('退回的材料', returnedPieces(facts)),
          said('退回理由'),
          ...supplyBy(measuresReturned(facts), evidenceDue),
        ],
        closing: [`${supply}。`],
      };
    case 'itemsRechecked':
      return {
        headline: `${code} 有条目未通过出库复核，请继续整治`,
        paragraphs: [`${item}提请出库的条目，经复核有未通过的，退回继续整治。`],
        fields: [...labelled('退回的条目', returnedItems(facts)), said('复核情况')],
        closing: [`整治到位后，${askAgain}`],
      };
    case 'proposalDecided': {
      // What is decided against people is told in words or not at all.
      const measure = reason === null ? undefined : facts.proposal?.measure;
      const what = measure === undefined ? '采取督办措施' : punishmentsDecided[measure];
      return {
        headline: `${code} 已决定${what}`,
        paragraphs: [`${item}有事项逾期未办结，经督办办公室研究，决定${what}。`],
        fields: [said('决定理由'), ...day('原定时限', issue.deadline)],
        closing: [...(measure === undefined ? [] : [punishmentClosings[measure]]), '请尽快办结逾期事项。'],
      };
    }
    case 'undone':
      return {
        headline: `${code} 此前的一项办理意见已撤回`,
        paragraphs: [`对${item}此前作出的“${stepTakenBack(facts.undone)}”，已由作出的人撤回，请以撤回后的情况为准。`],
        fields: [said('撤回理由'), ...day('应于', nextDueOn)],
        closing: [noReply],
      };
    case 'handoverWished':
      return {
        headline: `${code} 责任人来信提出转交，请办公室决定`,
        paragraphs: [`${item}的责任人来信提出转交，尚未移交。`],
        fields: [said('来信内容')],
        closing: ['请办公室决定是否移交，需要移交的在系统中办理。决定以前，仍由原责任人办理。'],
      };
  }
}

function itemWords({ code, title }: { readonly code: string; readonly title: string | null }): string {
  return title === null ? code : `“${code} ${title}”`;
}

function approved(item: string, { issue, facts, hours, channel }: AnswerInput): Words {
  const { attestEveryMonths, lookBackAfterMonths } = hours.policy;
  const outcome: ClosureOutcome | undefined = facts.fact?.type === 'closureApproved' ? facts.fact.outcome : undefined;
  const isLongTerm = outcome === undefined ? issue.phase === 'longTerm' : outcome === 'longTerm';
  const isBasic = outcome === 'basicallyDone';
  const how = isLongTerm ? '，转入长期坚持' : isBasic ? '按“基本完成”销号' : '销号';
  return {
    headline: isLongTerm
      ? `${issue.code} 已同意，转入长期坚持`
      : `${issue.code} 已同意${isBasic ? '按基本完成' : ''}销号`,
    paragraphs: [
      `${item}的销号申请，经审核同意${how}。`,
      ...(isBasic ? ['余下的措施继续督办，请按各自的时限完成并补报佐证材料。'] : []),
      isLongTerm
        ? `此后每${String(attestEveryMonths)}个月报一次坚持情况，到时会提前提醒您。`
        : `${String(lookBackAfterMonths)}个月后开展回头看。请保持整改成效，留存好佐证材料。`,
    ],
    fields: labelled('余下的措施', isBasic ? remainderWords(facts.remainder) : ''),
    closing: [ways[channel].noReply],
  };
}

function remainderWords(remainder: readonly MovedMeasure[]): string {
  return remainder.map(({ measure, deadline }) => `措施${String(measure)}（应于${inChinese(deadline)}）`).join('、');
}

/** By when what was returned is owed again: of these measures, or of all where none is named; a day for each that differs. */
function supplyBy(measures: readonly number[], evidenceDue: EvidenceDue): Words['fields'] {
  const due = [...evidenceDue].filter(([measure]) => measures.length === 0 || measures.includes(measure));
  const days = [...new Set(due.map(([, on]) => on))];
  if (days.length <= 1) return day('补充时限', days[0]);
  const each = due.toSorted(([one], [other]) => one - other);
  const of = (measure: number) => (measure === 0 ? '整个问题' : `措施${String(measure)}`);
  return [{ label: '补充时限', text: each.map(([measure, on]) => `${of(measure)}：${inChinese(on)}`).join('；') }];
}

function day(label: string, on: IsoDate | undefined): Words['fields'] {
  return on === undefined ? [] : [{ label, text: inChinese(on) }];
}

function labelled(label: string, text: string): Words['fields'] {
  return text === '' ? [] : [{ label, text }];
}
