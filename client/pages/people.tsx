import type { Invitation } from '../access/accounts.ts';
import type { AccountState, PeoplePage, DirectoryRow } from '../reading/people.ts';
import { dayOf } from '../../workflows/rules/instants.ts';
import { shortDayWords } from '../reading/words.ts';
import type { FormSeal } from './form-seal.ts';
import { Page } from './parts/layout.tsx';
import { Moment } from './parts/small.tsx';

interface PeopleProps {
  readonly page: PeoplePage;
  readonly text: string;
  /** Whose page it is: nobody closes his own account. */
  readonly ownAccountId: string;
  readonly seal: FormSeal;
  readonly refusal?: string | undefined;
  readonly done?: string | undefined;
}

/** The directory (通讯录) as the office sees it: who can be reached, who can sign in, and the invitation to. */
export function PeopleListPage({ page: { people, next }, text, ownAccountId, seal, refusal, done }: PeopleProps) {
  const more = new URLSearchParams({ text, after: next ?? '' });
  return (
    <Page title="人员" current="people" refusal={refusal} done={done}>
      <div class="today-line">
        <h1>人员</h1>
      </div>
      <p class="note">
        责任人回邮件、点邮件里的链接，不用账户。要登录查看、审核的人，由这里邀请。名单在轮次页导入，邮箱用 people
        address 更正。
      </p>
      <form class="filter" method="get" action="/people" aria-label="查找人员">
        <div class="grow">
          <label for="people-text">姓名、单位或邮箱</label>
          <input id="people-text" type="search" name="text" value={text} />
        </div>
        <button class="button" type="submit">
          查找
        </button>
      </form>
      {people.length === 0 ? (
        <p class="quiet">没有这样的人。</p>
      ) : (
        <table class="plain">
          <caption class="unseen">人员、邮箱、职责和账户</caption>
          <thead>
            <tr>
              <th scope="col">姓名</th>
              <th scope="col">邮箱</th>
              <th scope="col">职责</th>
              <th scope="col">账户</th>
            </tr>
          </thead>
          <tbody>
            {people.map((person) => (
              <Row person={person} ownAccountId={ownAccountId} seal={seal} />
            ))}
          </tbody>
        </table>
      )}
      {next === undefined ? null : (
        <p class="more">
          <a href={`/people?${more.toString()}`}>下一页</a>
        </p>
      )}
    </Page>
  );
}

interface RowProps {
  readonly person: DirectoryRow;
  readonly ownAccountId: string;
  readonly seal: FormSeal;
}

function Row({ person, ownAccountId, seal }: RowProps) {
  const { name, unit, position, email, unreachable, roles, account } = person;
  return (
    <tr>
      <th scope="row">
        {name}
        <span class="note">{[unit, position].filter((part) => part !== '').join('　')}</span>
      </th>
      <td>
        {email ?? '没有邮箱'}
        {unreachable === null ? null : <span class="note">{`联系不上：${unreachable}`}</span>}
      </td>
      <td>{roles === 0 ? '—' : `${String(roles)}项`}</td>
      <td>
        {accountWords(account)}
        {email === null || unreachable !== null ? null : <InviteForm person={person} seal={seal} />}
        {account.state !== 'open' || account.id === ownAccountId ? null : <CloseForm person={person} seal={seal} />}
      </td>
    </tr>
  );
}

function accountWords(account: AccountState): string {
  const { invitedUntil } = account;
  const invited = invitedUntil === null ? '' : `已邀请，${shortDayWords(dayOf(invitedUntil))}前有效`;
  if (account.state === 'none') return invited === '' ? '没有' : invited;
  const isOffice = account.state === 'open' && account.standing === 'office';
  const stands = account.state === 'closed' ? '已停用' : isOffice ? '已开通（督办办公室）' : '已开通';
  return invited === '' ? stands : `${stands}；${invited}`;
}

function InviteForm({
  person: { id, name, account },
  seal,
}: {
  readonly person: DirectoryRow;
  readonly seal: FormSeal;
}) {
  const isOffice = account.state === 'open' && account.standing === 'office';
  const verb =
    account.state === 'open'
      ? '重设密码'
      : account.invitedUntil !== null
        ? '重新邀请'
        : account.state === 'closed'
          ? '重新开通'
          : '邀请';
  return (
    <details class="act">
      <summary>
        <b>{verb}</b>
        <span class="unseen">{name}</span>
      </summary>
      <form class="form" method="post" action={`/people/${encodeURIComponent(id)}/invitations`}>
        <input type="hidden" name="seal" value={seal} />
        <div>
          <label for={`standing-${id}`}>账户</label>
          <select id={`standing-${id}`} name="standing">
            <option value="person" selected={!isOffice}>
              只看自己担任职责的
            </option>
            <option value="office" selected={isOffice}>
              督办办公室，看全部
            </option>
          </select>
        </div>
        <button class="button" type="submit">
          {`${verb}，取得链接`}
        </button>
      </form>
    </details>
  );
}

function CloseForm({ person: { id, name }, seal }: { readonly person: DirectoryRow; readonly seal: FormSeal }) {
  return (
    <details class="act">
      <summary>
        <b>停用账户</b>
        <span class="unseen">{name}</span>
      </summary>
      <form class="form" method="post" action={`/people/${encodeURIComponent(id)}/closing`}>
        <input type="hidden" name="seal" value={seal} />
        <p class="hint">
          停用以后登录不了：已登录的地方全部退出，通行密钥、动态口令、个人令牌、没用过的邀请都作废。他的职责和办过的事不变，邮件照收；需要时可重新邀请开通。
        </p>
        <div class="choice">
          <input id={`close-${id}`} type="checkbox" name="confirmed" value="yes" required />
          <label for={`close-${id}`}>{`停用${name}的账户`}</label>
        </div>
        <button class="button" type="submit">
          停用
        </button>
      </form>
    </details>
  );
}

/** The link of an invitation: it is shown this once. */
export function InvitedPage({ invitation, address }: { readonly invitation: Invitation; readonly address: string }) {
  const { personName, email, expiresAt, purpose } = invitation;
  return (
    <Page title="邀请链接" current="people">
      <div class="narrow">
        <h1>{`${personName}的邀请链接`}</h1>
        <p>
          {purpose === 'opens' ? '请当面或用单位内部的渠道交给本人，由本人设置密码。' : '请交给本人重设密码。'}
          只显示这一次，有效至
          <Moment at={expiresAt} />
          ，用过即作废；他以前的邀请都已作废。
        </p>
        <p>
          <label for="invitation-link">链接</label>
          <input id="invitation-link" type="text" readonly value={address} />
        </p>
        <p class="note">{`登录用的邮箱：${email}`}</p>
        <p>
          <a href="/people">回人员名单</a>
        </p>
      </div>
    </Page>
  );
}
