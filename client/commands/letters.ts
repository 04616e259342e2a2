import type { ListedLetter } from '../api/beside-routes.ts';
import type { MailToPrint } from '../api/mails.ts';
import type { Instance } from './instance.ts';
import { columns, type Output } from './output.ts';

/** `letters list ROUND`. */
export async function lettersList(output: Output, instance: Instance, ref: string): Promise<void> {
  const letters = await instance.get<ListedLetter[]>(['rounds', ref, 'letters']);
  output.answer(letters, () =>
    letters.length === 0
      ? '还没有发过函件'
      : columns(
          letters.map(({ number, kindName, code, title, issuedAt }) => [
            `第${String(number)}号`,
            kindName,
            code ?? '',
            issuedAt.slice(0, 10),
            title,
          ]),
        ),
  );
}

/** `letters show ROUND NUMBER`. */
export async function lettersShow(output: Output, instance: Instance, ref: string, number: string): Promise<void> {
  const letter = await instance.get<{ title: string; text: string }>(['rounds', ref, 'letters', number]);
  output.answer(letter, () => `${letter.title}\n\n${letter.text}`);
}

/** `mails to-print`. */
export async function mailsToPrint(output: Output, instance: Instance, { clock }: { clock?: string }): Promise<void> {
  const mails = await instance.get<MailToPrint[]>(['mails', 'to-print'], { clock });
  output.answer(mails, () =>
    mails.length === 0
      ? '没有待打印的信'
      : mails
          .map(({ id, person, unit, subject, text }) =>
            [`${id.slice(0, 10)}  ${person}${unit === '' ? '' : `（${unit}）`}  ${subject}`, text.trim()].join('\n\n'),
          )
          .join('\n\n────\n\n'),
  );
}

/** `mails printed MAIL`. */
export async function mailsPrinted(
  output: Output,
  instance: Instance,
  id: string,
  { by }: { by: string },
): Promise<void> {
  const done = await instance.put<{ printed: 'now' | 'before' }>(['mails', id, 'printed'], { json: { by } });
  output.answer(done, () => (done.printed === 'now' ? '已登记打印送达' : '这封信早已登记打印送达'));
}
