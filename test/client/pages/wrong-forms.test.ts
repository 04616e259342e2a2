import { beforeAll, describe, expect, test } from 'vitest';
import { fromIsoDate } from '../../../prisma/days.ts';
import { testLedger } from '../../support/servers.ts';
import type { ToldRound } from '../reading/builder.ts';
import { opened } from './browser.ts';
import { bureauInMarch, pagesOver } from './told-world.ts';

const ledger = await testLedger();
let round: ToldRound;
let mailMessageId: string;

beforeAll(async () => {
  round = await bureauInMarch(ledger);
  ({ messageId: mailMessageId } = await ledger.mail.findFirstOrThrow({ orderBy: { preparedAt: 'desc' } }));
});

/** Every field of every form. */
const fields = [
  ...['by', 'requestId', 'decision', 'stateHash', 'acceptedEvidence', 'reason', 'measures', 'proposalId', 'outcome'],
  ...['finding', 'deadline', 'evidence', 'left', 'asked', 'on', 'text', 'staff', 'secondsPerDay', 'sha256', 'fileName'],
  ...['sample', 'name', 'feedbackOn', 'codePrefix', 'mode', 'firstMail', 'bodyName', 'level', 'noticeText', 'pasted'],
  ...['policy', 'sure', 'person-name', 'person-email', 'person-unit', 'whole-office', 'handler-1', 'deadline-1'],
];
/** What a browser fills in by itself. */
const filledIn = ['requestId'];
type Value = string | string[] | File;
const every = (value: Value, kept: Record<string, Value> = {}) => ({
  ...Object.fromEntries(fields.filter((name) => !filledIn.includes(name)).map((name) => [name, value])),
  ...kept,
});
const wrongFile = (content: string | Uint8Array<ArrayBuffer>, name: string) => new File([content], name);

const wrongForms: readonly { readonly what: string; readonly form: Record<string, Value> }[] = [
  { what: 'nothing', form: {} },
  { what: 'nothing, and a page that is too old', form: { requestId: 'old' } },
  { what: 'nothing in every field', form: every('') },
  { what: 'other words in every field', form: every('某') },
  { what: 'a number in every field', form: every('-1') },
  { what: 'a list in every field', form: every(['1.5', '某']) },
  { what: 'a file in every field', form: every(wrongFile('某', '某.txt')) },
  ...['approved', 'returned', 'accepted', 'granted', 'upheld', 'none'].map((decision) => ({
    what: `a decision ${decision} without the rest`,
    form: every('', { by: 'p', decision, measures: ['一', '-2'] }),
  })),
  ...['holds', 'rebound', 'none'].map((outcome) => ({
    what: `a look-back ${outcome} without the rest`,
    form: every('', { by: 'p', outcome, finding: '某', deadline: '2024-02-31' }),
  })),
  {
    what: 'a drill with days of another length',
    form: { staff: 'none', secondsPerDay: '很快', sample: 'none.txt' },
  },
  ...[
    wrongFile('', '空.csv'),
    wrongFile(new Uint8Array([0x50, 0x4b, 3, 4]), '名单.xlsx'),
    wrongFile(new Uint8Array([0xff, 0x00, 0x81]), '名单.csv'),
    wrongFile('乙,丙\n1,2\n', '名单.csv'),
    wrongFile(
      '编号,责任人,整改时限,重要程度,措施类别\n99,某,二月三十,很重,别的\nLN-01,某,2024-02-31,很重,\nLN-01.9,某,,,别的\n',
      '分工.csv',
    ),
    wrongFile('姓名,邮箱\n,某@\n', '人员.csv'),
  ].map((file) => ({ what: `a file ${file.name} of ${String(file.size)} bytes`, form: { file, notice: file } })),
];

describe('a form that is filled in wrongly', () => {
  test.each(wrongForms)('is told so in Chinese, with no name of the code, when it holds $what', async ({ form }) => {
    const { app } = pagesOver(ledger);
    const { post } = await opened(app, '/issues/LN-01');
    const told: string[] = [];
    for (const path of paths(app)) {
      const answer = await post(path, form);
      expect([path, answer.status]).not.toEqual([path, 500]);
      if (answer.status !== 303) told.push(await refusalOn(answer));
    }
    expect(told.length).toBeGreaterThan(5);
    expect(told.filter((sentence) => !isChinese(sentence))).toEqual([]);
  });

  test('is told so of a draft’s table as well, each thing with its line', async () => {
    await ledger.round.create({
      data: { id: 'draft', name: '草稿', codePrefix: 'CG', feedbackOn: fromIsoDate('2024-01-02') },
    });
    const issue = { id: 'draft-i1', roundId: 'draft', number: 1, code: 'CG-01', title: '学习', text: '学习' };
    await ledger.issue.create({ data: { ...issue, kind: 'ordinary', firstDeadline: fromIsoDate('2024-06-30') } });
    const { app } = pagesOver(ledger);
    const { post } = await opened(app, '/rounds/draft/set-up/people');
    const rows = ['编号,责任人,整改时限,重要程度,措施类别', '1,某,二月三十,很重,别的', '1.1,某,,,别的', '无此单位,,,,'];
    const file = wrongFile(rows.join('\n'), '分工.csv');
    const told = await refusalOn(await post('/rounds/draft/assignments', { file }));
    expect(told).toMatch(/分工\.csv:2：[^]*分工\.csv:3：[^]*分工\.csv:4：/u);
    expect([told].filter((sentences) => !isChinese(sentences))).toEqual([]);
  });
});

async function refusalOn(answer: Response): Promise<string> {
  const [, refusal = ''] = /<[^>]+role="alert"[^>]*>([^]*?)<\/div>/u.exec(await answer.text()) ?? [];
  return refusal.replace(/<[^>]+>/gu, '');
}

function isChinese(sentence: string): boolean {
  return /\p{Script=Han}/u.test(sentence) && !/[A-Za-z]{2,}/u.test(withoutTyped(sentence));
}

/** Those that have a form, and one that has none. */
const requests = ['decideExtension', 'decideDispute', 'judgeEvidence', 'recheckItems', 'resumeIssue', 'none'];

/** Every form's address, about what there is and about what there is not. */
function paths(app: ReturnType<typeof pagesOver>['app']): string[] {
  const posted = app.routes.filter(({ method }) => method === 'POST').map(({ path }) => path);
  const known = [...new Set(posted)].flatMap((path) => {
    const id = path.startsWith('/rounds/') ? 'round-d1' : round.idOf('LN-01');
    const filled = path.replace(':messageId', encodeURIComponent(mailMessageId)).replace(':id', id);
    return filled.includes(':name') ? requests.map((name) => filled.replace(':name', name)) : [filled];
  });
  // Uploads come from a script, not from a form.
  return known.filter((path) => !path.includes('*') && !path.includes('/uploads'));
}

/** Without what people type themselves, the names of files and programs, and the commands of the command line. */
function withoutTyped(sentence: string): string {
  return sentence.replace(
    /“[^”]*”|[\p{Script=Han}]+\.(?:csv|xlsx|txt)|CSV UTF-8|UTF-8|Excel|(?:LN|CG)-\d+|WPS|Word|\.(?:txt|docx)|name@[a-z.]+|见 print list/gu,
    '',
  );
}
