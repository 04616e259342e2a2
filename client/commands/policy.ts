import { dayOf, type IsoDate, isIsoDate } from '../../workflows/rules/instants.ts';
import { presetNames, presetPolicy } from '../../workflows/rules/presets/index.ts';
import type { AdoptionPreview, PolicyAdoption } from '../adoption/adopt-policy.ts';
import type { ListedPolicyVersion } from '../adoption/policy-versions.ts';
import { MisuseError } from '../misuse-error.ts';
import { policyJson, type PolicyForm } from '../policy/policy-json.ts';
import { validatePolicy } from '../policy/validate-policy.ts';
import { ImportRefused } from '../rounds/import-refused.ts';
import { fileGiven } from './files.ts';
import type { Instance } from './instance.ts';
import { columns, type Output } from './output.ts';
import { outcomesWords, previewWords } from './policy-words.ts';

/** `policy presets`: the ready-made policies in the form that is edited, without a running instance. @throws MisuseError */
export function policyPresets(output: Output, { feedback }: { readonly feedback?: string }): void {
  if (feedback !== undefined && !isIsoDate(feedback)) {
    throw new MisuseError(`反馈日“${feedback}”不是有效日期（应为 2024-03-29 之类）`);
  }
  const feedbackOn: IsoDate = feedback ?? dayOf(new Date().toISOString());
  const presets = presetNames.map((name) => policyJson(presetPolicy(name, { feedbackOn })));
  output.answer(presets, () =>
    columns(
      presets.map(({ name, concentratedMonths, checkInEveryWorkdays, duties, closure }) => [
        name,
        `集中整改 ${String(concentratedMonths)} 个月`,
        `每 ${String(checkInEveryWorkdays)} 个工作日报进展`,
        `销号 ${String(closure.levels.length)} 级审核`,
        duties.map(({ title }) => title).join('、'),
      ]),
    ),
  );
}

/** `policy check FILE`: everything that is wrong with a policy at once, without a running instance. @throws ImportRefused, MisuseError */
export function policyCheck(output: Output, path: string): void {
  const { json, fileName } = jsonGiven(path);
  const read = validatePolicy(json);
  if ('problems' in read) {
    throw new ImportRefused(
      fileName,
      read.problems.map((problem) => ({ ...problem, line: 0 })),
    );
  }
  const { policy, warnings } = read;
  output.answer({ name: policy.name, problems: [], warnings }, () =>
    [`${fileName}：“${policy.name}”可以采用`, ...warnings.map((warning) => `  请留意 ${warning}`)].join('\n'),
  );
}

/** `policy show ROUND`: the version that the round goes by, or another one, in the form that is edited. */
export async function policyShow(
  output: Output,
  instance: Instance,
  ref: string,
  { version }: { readonly version?: string },
): Promise<void> {
  const form = await instance.get<PolicyForm>(['rounds', ref, 'policies', version ?? 'current']);
  const { versions } = await instance.get<{ versions: ListedPolicyVersion[] }>(['rounds', ref, 'policies']);
  const states = { current: '现行', earlier: '以前采用', notAdopted: '未采用' } as const;
  output.answer(form, () =>
    [
      columns(
        versions.map(({ version: number, name, state, note, adoptedAt }) => [
          `第${String(number)}版`,
          name,
          states[state],
          adoptedAt === null ? '' : `${dayOf(adoptedAt)}采用`,
          note,
        ]),
      ),
      '',
      JSON.stringify(form, null, 2),
    ].join('\n'),
  );
}

/** `policy save ROUND FILE`: keeps the file as the round's next version; nothing that runs changes by it. */
export async function policySave(
  output: Output,
  instance: Instance,
  ref: string,
  path: string,
  { note }: { readonly note: string },
): Promise<void> {
  const { json, fileName } = jsonGiven(path);
  const request = { policy: json, note, fileName };
  const done = await instance.post<{ version: number; warnings: string[] }>(['rounds', ref, 'policies'], {
    json: request,
  });
  output.answer(done, () =>
    [
      `已存为第${String(done.version)}版，尚未采用；采用前可先看变化：policy adopt ${ref} ${String(done.version)} --preview`,
      ...done.warnings.map((warning) => `  请留意 ${warning}`),
    ].join('\n'),
  );
}

/** `policy adopt ROUND VERSION --preview`: what would change, and nothing else. */
export async function policyPreview(output: Output, instance: Instance, ref: string, version: string): Promise<void> {
  const preview = await instance.get<AdoptionPreview>(['rounds', ref, 'policies', version, 'preview']);
  output.answer(preview, () => previewWords(preview));
}

/** `policy adopt ROUND VERSION --by PERSON`: from now on everything that runs in the round goes by the version. */
export async function policyAdopt(
  output: Output,
  instance: Instance,
  ref: string,
  version: string,
  by: string,
): Promise<void> {
  const done = await instance.put<PolicyAdoption>(['rounds', ref, 'policies', version, 'adoption'], { json: { by } });
  output.answer(done, () =>
    [
      done.state === 'adopted' ? `已采用第${version}版办法` : `第${version}版办法没有全部采用，可再次运行`,
      ...outcomesWords(done.outcomes),
    ].join('\n'),
  );
}

/** @throws MisuseError when the file is no JSON */
function jsonGiven(path: string): { json: unknown; fileName: string } {
  const { bytes, fileName } = fileGiven(path);
  try {
    return { json: JSON.parse(new TextDecoder().decode(bytes).replace(/^\uFEFF/u, '')), fileName };
  } catch (error) {
    const reason = error instanceof Error ? error.message : '';
    throw new MisuseError(`${path}：不是 JSON（${reason}）；可先用 policy presets --json 得到一份再改`, {
      cause: error,
    });
  }
}
