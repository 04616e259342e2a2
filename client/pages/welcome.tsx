import type { DrillSummary } from '../reading/overview.ts';
import type { FormSeal } from './form-seal.ts';
import { Drills, Lead, Ways } from './overview.tsx';
import { Heading, Page } from './parts/layout.tsx';
import type { Sample } from './samples.ts';

interface WelcomeProps {
  /** Whether the office has its first account. */
  readonly accounts: 'some' | 'none';
  readonly drills: readonly DrillSummary[];
  readonly samples: readonly Sample[];
  readonly seal: FormSeal;
  readonly refusal?: string | undefined;
  readonly done?: string | undefined;
}

/** What somebody at this machine sees who has not signed in: the way in, and drills, in which nobody is real. */
export function WelcomePage({ accounts, drills, samples, seal, refusal, done }: WelcomeProps) {
  return (
    <Page title="开始" current="overview" refusal={refusal} done={done}>
      <h1>从一份通报开始</h1>
      <Lead />
      <Drills drills={drills} clockId={undefined} />
      <Ways samples={samples} seal={seal}>
        <section aria-labelledby="h-sign-in">
          <Heading id="h-sign-in" note="按真实日期，发真实邮件">
            {accounts === 'none' ? '正式使用' : '登录'}
          </Heading>
          {accounts === 'none' ? (
            <>
              <p class="way-note">
                先建立督办办公室的账户，再建轮次、发邮件。建立时要填启动口令，启动程序时显示在屏幕上。
              </p>
              <a class="button" href="/set-up">
                建立账户
              </a>
            </>
          ) : (
            <>
              <p class="way-note">真实的轮次、问题和邮件，登录后按分工查看。</p>
              <a class="button" href="/sign-in">
                登录
              </a>
            </>
          )}
        </section>
      </Ways>
    </Page>
  );
}
