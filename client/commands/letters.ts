import { dayOf } from '../../workflows/rules/instants.ts';
import type { ListedLetter } from '../api/beside-routes.ts';
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
            dayOf(issuedAt),
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
