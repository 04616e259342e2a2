/** What keeps a mail from its recipient, as far as a diagnosis tells it. */
type Obstacle =
  | 'program'
  | 'mailboxFull'
  | 'tooBig'
  | 'relaying'
  | 'authentication'
  | 'refusedSender'
  | 'blocked'
  | 'rate'
  | 'suspended'
  | 'moved'
  | 'unknownHost'
  | 'unknownUser'
  | 'acceptsNoMail'
  | 'expired';

/**
 * The words for it, in English and Chinese, the surer ones first: a full mailbox is often wrapped in a code for an unknown
 * user, and a refusal for policy in a sentence about the recipient.
 */
const words: readonly (readonly [Obstacle, RegExp])[] = [
  ['unknownHost', /account or domain may not exist/],
  ['program', /command (?:output|died|failed)|pipe to \||failed to read response template|procmail:/],
  [
    'mailboxFull',
    /(?:mail(?:box|folder)|inbox|account) (?:is )?(?:full|over|exceed)|quota|too much mail|exceed\w* (?:the )?(?:allowed|storage|mailbox)|mailbox size|insufficient (?:system )?storage|no space left|full mailbox|mailfolder is full|邮箱(?:空间)?(?:已)?满|容量(?:已)?(?:满|不足|超)|空间(?:已满|不足)|超出(?:配额|容量)/,
  ],
  [
    'tooBig',
    /(?:message|mail) (?:size|length|is too|too) ?(?:exceed|big|large|limit)?|size limit|too (?:big|large)|exceeds? (?:maximum|size|administrative)|邮件(?:大小|过大|太大|超)/,
  ],
  [
    'relaying',
    /relay(?:ing)? (?:access )?(?:denied|not|through|prohibited)|(?:unable|not permitted|cannot|refus\w+) to relay|we do not relay/,
  ],
  ['authentication', /\bspf\b|\bdkim\b|\bdmarc\b|authenticat|not authorized|unauthori[sz]ed/],
  [
    'refusedSender',
    /sender (?:address )?(?:rejected|denied|refused|invalid|verify)|(?:bad|invalid) sender|发件人(?:地址)?(?:被拒|不|错误)/,
  ],
  [
    'blocked',
    /reverse dns|\bptr\b|\brdns\b|black ?list|block(?:ed|list| list)|\bspam|spamhaus|access denied|access not|reputation|\b(?:dns|r)bls?\b|junk|polic(?:y|ies)|unsolicited|suspicio|prohibited|restricted|not (?:accepted|allowed|permitted)|content reject|virus|complain|banned|垃圾邮件|黑名单|拒收|拒绝(?:接收|收信)|被拦截|信誉/,
  ],
  [
    'rate',
    /at a rate|rate limit|too (?:many|fast)|try (?:again|later)|temporar|deferred|throttl|gr[ea]ylist|resources|频率|频繁|稍后(?:再试|重试)|临时/,
  ],
  [
    'suspended',
    /(?:account|mailbox|user|address)\b.{0,60}(?:disabled|suspended|inactive|discontinued|locked|frozen|deactivated)|(?:帐号|账号|邮箱|用户).{0,10}(?:停用|冻结|锁定|禁用)/,
  ],
  ['moved', /\bmoved\b|no forwarding address|no longer (?:at|with|employed)|地址(?:已)?(?:变更|更换)/],
  [
    'acceptsNoMail',
    /(?:not|no longer) accept(?:ing|s)? (?:any |network )*(?:mail|messages)|null ?mx|no mail accepted|不接收任何邮件/,
  ],
  [
    'unknownHost',
    /(?:unknown|no such|invalid|illegal|bad|non-?existent) (?:host|domain|destination system)|(?:host|domain)(?: name)?\b.{0,80}(?:not found|unknown|not exist|lookup fail|invalid)|find any host|unroute?able|name service error|nxdomain|no (?:mx|a) record|domain may not exist|域名.{0,10}(?:不存在|错误|无效|解析)|找不到.{0,6}域/,
  ],
  [
    'unknownUser',
    /(?:unknown|no such|invalid|illegal|incorrect|non-?existent|bad|undeliverable)(?: or illegal)?(?: local| destination| final delivery| rcpt| email| e-mail)* ?(?:user|recipient|mailbox|account|person|address|receiver|userid|alias)|(?:user|recipients?|rcpt|mailbox|account|address(?:ee)?|name|alias|person|userid)\b.{0,80}?(?:unknown|dosn't exist|not (?:be )?(?:found|exist|recogni[sz]ed|known|listed|valid|here|available)|n['’]?t (?:be )?(?:found|exist|have|listed)|invalid|not a (?:valid|known))|recipnotfound|recipientnotfound|no mailbox|not our customer|no (?:valid )?(?:recipients|user)|invalide|n'existe pas|no existe|desconocido|找不到.{0,8}(?:收件人|收件者|用户|使用者|邮箱|邮件地址)|未找到.{0,12}(?:邮件地址|邮箱)|(?:收件人|收件者|收信人|用户|使用者|帐号|账号|邮箱|地址).{0,12}(?:不存在|未找到|无效|未知|已注销|错误)|没有(?:该|此|这个)(?:用户|收件人|邮箱)|不存在的?(?:用户|收件人|邮箱|帐号|账号)/,
  ],
  [
    'expired',
    /expired|(?:too|very) long|long time|giv(?:e|ing) up|not (?:reachable|respond)|time[d]?[ -]?out|connect|delayed|for the last \d|days?\b.{0,20}queue|unreachable|超时|无法连接/,
  ],
];

const gone: ReadonlySet<Obstacle> = new Set(['moved', 'unknownHost', 'unknownUser', 'acceptsNoMail']);

/** Bad mailbox or system address, moved, null MX, disabled mailbox, no route, system without mail (RFC 3463 §3.2–3.5, RFC 7505). */
const codeOfGone = /^5\.(?:1\.(?:1|2|3|6|10|351)|2\.1|3\.2|4\.4)$/;

const enhanced = /(?<![\d.])([245]\.\d{1,3}\.\d{1,3})(?![\d.])/g;
const replyCode = /(?<![\d.:])([45])\d\d(?=[\s:;,#-]|$)/;

/** What a reply to DATA says of the recipient is a filter's word: who knows no such user says so when he is named (RFC 5321 §3.3). */
const saidAfterData = /in reply to (?:end of )?data command|>>> data\s+<<< [45]|smtp command\s+data\b/;
/** Systems that send ahead (RFC 2920) show what was said to RCPT below DATA. */
const refusedBefore = /no valid recipients|\brcpt command/;
/** The same where the transcript is not shown: at RCPT, the system would have named the address. */
const namesNobody = /\b55\d:? ?: user unknown/;
/** A refusal for policy, or trouble of the whole system, says nothing sure of one recipient. */
const codeOfSystem = /^5\.(?:3\.0|7\.\d+)$/;
const speaker = /(?:remote )?(?:host|server)\b[^:]{0,80}\bsaid:/g;

/**
 * What mail systems' diagnoses say: the status (RFC 3463) and whether the address is gone. Words count before codes,
 * because systems give one code for many things.
 *
 * @param diagnoses the surest first; the first that tells anything counts
 * @param stated the `Status:` of the report, empty when it has none, which counts before a status in the words
 * @param otherwise the status when nothing tells one
 */
export function diagnosed(
  diagnoses: readonly string[],
  { stated, otherwise }: { stated: string; otherwise: string },
): { status: string; permanent: boolean } {
  const all = diagnoses.map((one) => one.replace(/\s+/g, ' ').slice(0, 4000));
  const said = all.find((one) => obstacleIn(one) !== undefined || statusIn(one, '') !== '') ?? '';
  const told = statusIn(said, stated);
  const status = told === '' ? otherwise : told;
  if (!status.startsWith('5')) return { status, permanent: false };
  const obstacle = obstacleIn(said);
  if (obstacle === 'unknownUser' && isFiltered(status, all.join(' ').toLowerCase()))
    return { status, permanent: false };
  return { status, permanent: obstacle === undefined ? codeOfGone.test(status) : gone.has(obstacle) };
}

function isFiltered(status: string, said: string): boolean {
  if (codeOfSystem.test(status) || namesNobody.test(said)) return true;
  return saidAfterData.test(said) && !refusedBefore.test(said);
}

function obstacleIn(said: string): Obstacle | undefined {
  const low = said.toLowerCase().replace(speaker, '');
  return words.find(([, pattern]) => pattern.test(low))?.[0];
}

/** A general status gives way to a special one in the words. */
function statusIn(said: string, stated: string): string {
  const told = [...said.matchAll(enhanced)].map(([, code]) => code ?? '');
  if (stated !== '' && !/^\d\.0\.0$/.test(stated)) return stated;
  const special = told.find((code) => !/^\d\.0\.0$/.test(code));
  if (special !== undefined) return special;
  if (stated !== '') return stated;
  if (told[0] !== undefined) return told[0];
  const reply = replyCode.exec(said)?.[1];
  return reply === undefined ? '' : `${reply}.0.0`;
}
