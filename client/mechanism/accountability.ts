import { numberOf } from '../notice-import/text-forms.ts';
import type { AccountabilityOutcome } from './mechanism.ts';
import type { Passage } from './passages.ts';

/** Who is answerable within the body; 当事人 and 违规人员 are as a rule the people its officers deal with. */
const persons = '(?:责任人员?|责任领导|责任干部|经办人员?|(?:相关|有关|失职)(?:党员)?(?:干部|人员|同志|人)|直接责任者)';
const gentle = '批评教育|通报批评|责令检查|严肃处理|处理';
const strict = '处分|问责|追责|追究|诫勉|警告|记过|免职|立案审查';
const counted = '(\\d{1,3}|[一二两三四五六七八九十]{1,3})(?:名|人次|人)';
const given = '(?:予以|给予|作出|进行|实施|受到)';
const dealtWith = [
  new RegExp(`${persons}[^,。;]{0,10}${given}[^,。;]{0,14}(?:${gentle}|${strict})`, 'u'),
  new RegExp(`(?:问责|追责|处分|追究责任|诫勉(?:谈话)?)(?:相关|有关|责任)*(?:人员?)?${counted}`, 'u'),
  new RegExp(`(?:对|给予)${counted}[^,。;]{0,20}(?:${strict})`, 'u'),
];
const notPursued = [
  /(?:不予|不再|免予|免于|不作)(?:党纪|政务|组织)?(?:问责|追责|追究责任|责任追究|处分)/u,
  new RegExp(`${persons}[^,。;]{0,10}(?:不予|不再|免予|免于|不作)(?:立案|追究|处理)`, 'u'),
];
/** What a rule threatens or a plan intends has not happened. */
const notYet = /^(?:如|若|凡|对于?.{0,20}的一律|将|拟)|一律|视情|将(?:对|依|严肃|予以)|拟(?:对|给予)|要求对/u;

const party =
  '(?:纪律检查委员会|纪检监察组|纪检监察工委|纪检组|纪工委|纪委监委|纪委|监委|监察委员会|组织部|党组|党工委|党委|党总支|党支部|支委会|局务会)';
const body = `(?:中共)?(?:(?!研究|核实|调查|移交)[\\p{Script=Han}]){0,16}?${party}`;
const byDecision = new RegExp(`(?:经|由)(${body})(?:扩大)?(?:会议|会)?(?:集体|专题)?(?:研究|决定|讨论|同意)`, 'u');
const bySubject = new RegExp(
  `^(?:并|后)?由?(${body})(?:已经|已|分别|依规依纪|依纪依规|依法依规|严肃|先后)*(?:对|给予|追究|问责)`,
  'u',
);

/** Whom the body held to account for an issue, or did not: who decided and how many, never a name. */
export function readAccountability(passages: readonly Passage[]): AccountabilityOutcome[] {
  const found: AccountabilityOutcome[] = [];
  for (const { plain, line, issue } of passages) {
    if (issue === null) continue;
    for (const clause of plain.split(/[,，]/u)) {
      const outcome = outcomeOf(clause);
      if (outcome === null) continue;
      const decidedBy = byDecision.exec(plain)?.[1] ?? bySubject.exec(clause)?.[1] ?? null;
      const isKnown = found.some(
        (each) => each.issue === issue && each.outcome === outcome && each.body === decidedBy && each.line === line,
      );
      if (!isKnown) found.push({ issue, outcome, body: decidedBy, persons: personsIn(clause), line });
    }
  }
  return found;
}

function outcomeOf(clause: string): AccountabilityOutcome['outcome'] | null {
  if (notYet.test(clause)) return null;
  if (notPursued.some((form) => form.test(clause))) return 'notPursued';
  return dealtWith.some((form) => form.test(clause)) ? 'dealtWith' : null;
}

const personsIn = (clause: string): number | null => numberOf(new RegExp(counted, 'u').exec(clause)?.[1] ?? '');
