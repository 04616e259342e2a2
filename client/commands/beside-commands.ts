import { type Command, Option } from 'commander';
import { MisuseError } from '../misuse-error.ts';
import type { LinkOptions, OutcomeOptions, RecordOptions } from './beside.ts';
import type { DecisionOptions } from './incoming-answers.ts';
import type { DomainOptions } from './mail-domains.ts';
import type { SecrecyOptions } from './issue-secrecy.ts';
import type { PrintListOptions } from './print.ts';
import { group, type Surroundings } from './surroundings.ts';

const by = ['--by <谁>', '由谁办理（督办办公室）'] as const;

const channels = { phone: '电话', chat: '微信', paper: '纸面', meeting: '会上' } as const;

/** By its name in Chinese or in the JSON. */
function channelSaid(text: string): string {
  const said = text.trim();
  const found = Object.entries(channels).find((names) => names.includes(said));
  if (found === undefined)
    throw new MisuseError(`--channel 没有“${said}”这种途径，请写 ${Object.values(channels).join('、')}`);
  return found[0];
}

/** What stands beside an issue's story: `issue record`, `issue outcome`, `issue link`, `issue restrict`. */
export function issueBesideCommands(issue: Command, { output, instance }: Surroundings): void {
  issue
    .command('record <问题>')
    .description('代录：登记责任人用电话、微信、纸面或在会上说的，两人的姓名都留存')
    .requiredOption('--for <谁>', '谁说的')
    .requiredOption('--by <谁>', '由谁代录（督办办公室）')
    .addOption(
      new Option('--channel <途径>', '电话、微信、纸面、会上（或 phone、chat、paper、meeting）')
        .argParser(channelSaid)
        .makeOptionMandatory(),
    )
    .requiredOption('--text <内容>', '说了什么')
    .option('--file <文件>', '佐证材料；几份就写几次', (path: string, before: string[] = []) => [...before, path])
    .option('--measure <序号>', '材料、承诺属于第几条措施')
    .option('--acknowledge', '同时登记认领')
    .option('--promise <日期>', '承诺哪天前办结')
    .option('--request-id <编号>', '重复执行时写同一个编号，只办一次')
    .action(async (ref: string, options: RecordOptions) => {
      await (await import('./beside.ts')).issueRecord(output(), await instance(), ref, options);
    });
  issue
    .command('outcome <问题>')
    .description('登记问责处理结果；只写决定机关和人数，不写姓名')
    .option('--dealt-with <人数>', '处理了几人')
    .option('--not-pursued', '不予问责')
    .option('--struck', '登记有误，没有这一处理；须写明更正第几条')
    .option('--corrects <第几条>', '更正先前登记的第几条；错的留存，不再计数')
    .option('--reason <理由>', '为什么更正')
    .option('--decided-by <机关>', '由哪个机关决定')
    .option('--note <说明>', '说明，不写姓名')
    .requiredOption(...by)
    .option('--request-id <编号>', '重复执行时写同一个编号，只办一次')
    .action(async (ref: string, options: OutcomeOptions) => {
      await (await import('./beside.ts')).issueOutcome(output(), await instance(), ref, options);
    });
  issue
    .command('link <问题> <往轮问题>')
    .description('决定是否与往轮已销号的问题相同')
    .addOption(new Option('--decision <决定>').choices(['confirmed', 'declined']).makeOptionMandatory())
    .requiredOption(...by)
    .action(async (ref: string, earlier: string, options: LinkOptions) => {
      await (await import('./beside.ts')).issueLink(output(), await instance(), ref, earlier, options);
    });
  issue
    .command('restrict <问题>')
    .description('设为保密：只有督办办公室和邮件发得到的人看得到，邮件不写内容；--lift 解除')
    .requiredOption(...by)
    .option('--reason <理由>', '为什么；登记时必填')
    .option('--lift', '解除保密')
    .option('--preview', '只看设了以后谁看得到、谁不再看得到，不登记')
    .option('--request-id <编号>', '重复执行时写同一个编号，只办一次')
    .action(async (ref: string, options: SecrecyOptions) => {
      await (await import('./issue-secrecy.ts')).issueRestrict(output(), await instance(), ref, options);
    });
}

/** `mails domains …`: to which domains a mail may carry a finding's words (保密). */
function domainCommands(mails: Command, { output, instance }: Pick<Surroundings, 'output' | 'instance'>): void {
  const domains = group(mails, 'domains', '可信的邮箱域名：只有发往这些域名的邮件写问题的内容');
  domains
    .command('list')
    .description('哪些域名可信，由谁在哪天决定；通讯录里还有哪些没有决定')
    .action(async () => (await import('./mail-domains.ts')).domainsList(output(), await instance()));
  for (const [name, trust, description] of [
    ['trust', 'trusted', '此后发往这个域名及其下级域名的邮件可写问题的内容'],
    ['distrust', 'distrusted', '此后发往这个域名及其下级域名的邮件只写编号、时限和链接'],
  ] as const) {
    domains
      .command(`${name} <域名>`)
      .description(description)
      .option('--by <谁>', '以谁的名义：姓名、邮箱或内部编号；登记时必填')
      .option('--reason <理由>', '理由，例如 本单位内网邮箱；登记时必填')
      .option('--preview', '只看影响通讯录里的谁、等着发的邮件几封要重写，不登记')
      .action(async (domain: string, options: DomainOptions) =>
        (await import('./mail-domains.ts')).domainsDecide(output(), await instance(), domain, { ...options, trust }),
      );
  }
}

/** `mails unverified|accept|set-aside`: answers whose writer is not certain (来信核实). */
function answerCommands(mails: Command, { output, instance }: Pick<Surroundings, 'output' | 'instance'>): void {
  mails
    .command('unverified')
    .description('待核实的来信：发信地址或回信地址对不上，还没有计入')
    .option('--clock <演练>', '演练的编号')
    .action(async (options: { clock?: string }) =>
      (await import('./incoming-answers.ts')).answersUnverified(output(), await instance(), options),
    );
  const decide = (name: string, act: 'accepted' | 'setAside', description: string) =>
    mails
      .command(`${name} <来信>`)
      .description(description)
      .requiredOption('--by <谁>', '由谁核实（督办办公室）：姓名、邮箱或内部编号')
      .requiredOption('--reason <理由>', '怎样核实的')
      .action(async (id: string, options: DecisionOptions) =>
        (await import('./incoming-answers.ts')).answersDecide(output(), await instance(), id, { ...options, act }),
      );
  decide('accept', 'accepted', '采纳：算本人的答复，由核实的人代录')
    .option('--person <谁>', '谁的答复；不写则为所回复的邮件的收信人')
    .option('--issue <问题>', '说的是哪些问题：编号，几个的用顿号隔开；所回复的邮件问的不用写');
  decide('set-aside', 'setAside', '不予采纳：原信留存，不计入');
}

/** `letters …`, `mails …` and `print …`. */
export function postCommands(program: Command, { output, instance }: Surroundings): void {
  const letters = group(program, 'letters', '已发函件：提醒谈话通知、约谈通知、通报、问责建议、督办单');
  letters
    .command('list <轮次>')
    .description('列出一个轮次的函件')
    .action(async (ref: string) => (await import('./letters.ts')).lettersList(output(), await instance(), ref));
  letters
    .command('show <轮次> <号>')
    .description('一份函件的全文')
    .action(async (ref: string, number: string) =>
      (await import('./letters.ts')).lettersShow(output(), await instance(), ref, number),
    );
  const mails = group(program, 'mails', '邮件：哪些邮箱域名可信，哪些来信待核实');
  domainCommands(mails, { output, instance });
  answerCommands(mails, { output, instance });
  printCommands(program, { output, instance });
}

/** `print …`: pages for people without mail (打印送达). */
function printCommands(program: Command, { output, instance }: Pick<Surroundings, 'output' | 'instance'>): void {
  const print = group(program, 'print', '打印送达：给没有邮箱的人');
  print
    .command('list')
    .description('待打印送达的，最急的在前')
    .option('--all', '连同已送达的、无须送达的')
    .option('--clock <演练>', '演练的编号')
    .action(async (options: PrintListOptions) =>
      (await import('./print.ts')).printList(output(), await instance(), options),
    );
  print
    .command('show <打印件>')
    .description('一张打印件的网页，A4：print show 编号 > 打印件.html，用浏览器打印')
    .action(async (id: string) => (await import('./print.ts')).printShow(output(), await instance(), id));
  print
    .command('delivered <打印件>')
    .description('登记已送达；答复用 issue record 代录')
    .requiredOption('--by <谁>', '由谁送达（督办办公室）')
    .option('--on <日期>', '哪天送达；不写则为今天')
    .action(async (id: string, options: { by: string; on?: string }) =>
      (await import('./print.ts')).printDelivered(output(), await instance(), id, options),
    );
}

/** `round links`. */
export function roundBesideCommands(round: Command, { output, instance }: Surroundings): void {
  round
    .command('links <轮次>')
    .description('与往轮已销号问题相近的（可能再次发生），由本办用 issue link 决定')
    .option('--again', '重新比对一次')
    .action(async (ref: string, options: { again?: true }) =>
      (await import('./beside.ts')).roundLinks(output(), await instance(), ref, options),
    );
}
