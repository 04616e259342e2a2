import { RefusedError } from '../refused-error.ts';
import type { Form } from './form.ts';

/** The file of a form. @throws RefusedError `FileMissing` with the sentence given */
export async function uploaded(form: Form, name: string, missing: string) {
  const [file] = form.files(name);
  if (file === undefined || file.size === 0) throw new RefusedError('FileMissing', `${missing}。`);
  const bytes = new Uint8Array(await file.arrayBuffer());
  return { bytes, fileName: file.name, mediaType: file.type === '' ? 'application/octet-stream' : file.type };
}

/** A file, or what was pasted instead of one; which of two is meant nobody guesses. @throws RefusedError `FileMissing`, `FileAndText` */
export async function uploadedOrPasted(
  form: Form,
  {
    file,
    text,
    pastedName,
    missing,
  }: { readonly file: string; readonly text: string; readonly pastedName: string; readonly missing: string },
) {
  const pasted = form.text(text);
  if (pasted === '') return uploaded(form, file, missing);
  if (form.files(file).length > 0)
    throw new RefusedError('FileAndText', '又选了文件，又粘贴了文字，不知以哪个为准：请只留一样。');
  return { bytes: new TextEncoder().encode(pasted), fileName: pastedName, mediaType: 'text/plain' };
}
