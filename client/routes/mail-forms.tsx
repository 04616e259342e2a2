import { Hono } from 'hono';
import type { PagesDependencies } from '../pages/deps.ts';
import { showMail } from '../pages/shown.tsx';
import { replyStyles } from '../pages/parts/mail-replies.tsx';
import { RefusedError } from '../refused-error.ts';
import { answered, formOf } from './form.ts';

/** Answers from the practice mailbox: written on the page, sent by SMTP like anybody's. */
export function mailForms(deps: PagesDependencies): Hono {
  const app = new Hono();

  app.post('/mailbox/:messageId/replies', (c) => {
    const mailMessageId = c.req.param('messageId');
    return answered(
      c,
      (shown) => showMail(c, deps, mailMessageId, shown),
      async () => {
        const form = await formOf(c);
        const text = form.text('text');
        const style = styleOf(form.text('style'));
        const files = await Promise.all(
          form
            .files('files')
            .filter(({ size }) => size > 0)
            .map(async (file) => ({ fileName: file.name, content: Buffer.from(await file.arrayBuffer()) })),
        );
        if (deps.practice === undefined)
          throw new RefusedError('NoMailbox', '这里没有演练信箱：信由单位自己的邮件系统收发。');
        if (text === '' && files.length === 0) throw new RefusedError('EmptyReply', '请写几句话，或附上文件。');
        await deps.practice.replyAs({ mailMessageId, text, style, files });
        return `/mailbox/${encodeURIComponent(mailMessageId)}?done=replied`;
      },
    );
  });

  return app;
}

function styleOf(chosen: string): keyof typeof replyStyles {
  return (Object.keys(replyStyles) as (keyof typeof replyStyles)[]).find((style) => style === chosen) ?? 'foxmail';
}
