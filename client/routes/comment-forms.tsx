import { type Context, Hono } from 'hono';
import { z } from 'zod';
import { isIsoDate } from '../../workflows/rules/instants.ts';
import { CommentsPage } from '../pages/comments.tsx';
import type { PagesDependencies } from '../pages/deps.ts';
import { readWholeRound } from '../pages/round-seen.ts';
import { send, type Shown, told } from '../pages/shown.tsx';
import { readComments } from '../reading/public-comments.ts';
import { type CommentChannel, commentChannels } from '../rounds/comment-channels.ts';
import { oneIssueNamed } from '../rounds/issue-ids-named.ts';
import { answered, by, formOf, parsed, requestId } from './form.ts';

const entering = z.object({
  by,
  requestId,
  text: z.string().min(1, '请写意见的原话'),
  contact: z.string(),
  channel: z.enum(Object.keys(commentChannels) as CommentChannel[], '请选择意见是怎么来的'),
  receivedOn: z.string().refine(isIsoDate, '请写明哪天收到'),
});

const answering = z.object({
  by,
  requestId,
  commentId: z.string().min(1, '没有写明答复哪一件，请刷新再试'),
  answer: z.string().min(1, '请写答复的话'),
});

/** Enters what the public said (群众意见), and the answers. */
export function commentForms(deps: PagesDependencies): Hono {
  const { ledger, duties } = deps;
  const app = new Hono();
  const idOf = (c: Context) => c.var.subjectId ?? c.req.param('id') ?? '';
  const pathOf = (id: string) => `/rounds/${id}/comments`;

  app.get('/rounds/:id/comments', (c) => showComments(c, deps, idOf(c)));

  app.post('/rounds/:id/comments', (c) => {
    const id = idOf(c);
    return answered(
      c,
      (shown) => showComments(c, deps, id, shown),
      async () => {
        const form = await formOf(c);
        const said = parsed(entering, {
          ...{ by: form.by(), requestId: form.text('requestId'), text: form.text('text') },
          ...{ contact: form.text('contact'), channel: form.text('channel'), receivedOn: form.text('receivedOn') },
        });
        const issue = form.text('issue');
        const issueId = issue === '' ? undefined : await oneIssueNamed(ledger, id, issue);
        const about = issueId === undefined ? {} : { issueId };
        await duties.receiveComment(id, { ...said, ...about, source: 'page' });
        return `${pathOf(id)}?done=commentEntered`;
      },
    );
  });

  app.post('/rounds/:id/comments/answers', (c) => {
    const id = idOf(c);
    return answered(
      c,
      (shown) => showComments(c, deps, id, shown),
      async () => {
        const form = await formOf(c);
        const said = parsed(answering, {
          ...{ by: form.by(), requestId: form.text('requestId') },
          ...{ commentId: form.text('commentId'), answer: form.text('answer') },
        });
        await duties.answerComment(id, { ...said, source: 'page' });
        return `${pathOf(id)}?done=commentAnswered`;
      },
    );
  });

  return app;
}

async function showComments(
  c: Context,
  { ledger }: PagesDependencies,
  id: string,
  shown: Shown = {},
): Promise<Response> {
  const { acting, viewer } = c.var.visit;
  const { office, today, ...round } = await readWholeRound(c, ledger, id);
  const isAnswering = acting.by === 'choice' || viewer?.standing === 'office';
  const page = {
    ...{ round, office, today, seal: c.var.seal },
    comments: await readComments(ledger, id),
    contacts: isAnswering ? ('shown' as const) : ('hidden' as const),
  };
  return send(c, <CommentsPage {...page} {...told(c, shown)} />, shown.status);
}
