import { spawnSync } from 'node:child_process';
import { createPublicKey } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { temporaryFolder } from '../../support/temporary-folder.ts';

const program = resolve(import.meta.dirname, '../../../bin/huitoukan');
const sample = resolve(import.meta.dirname, '../../../samples/qinghe-2024.txt');

/** Runs the command line as people do: a process of its own, in an environment without an instance. */
function run(args: readonly string[], environment: Record<string, string> = {}, input = '') {
  const env = { HUITOUKAN_DATA: temporaryFolder(), ...environment };
  const { status, stdout, stderr } = spawnSync(process.execPath, [program, ...args], { env, encoding: 'utf8', input });
  return { status, stdout, stderr };
}

describe('the command line', () => {
  it('can be run as a program', () => {
    expect(statSync(program).mode & 0o111).toBe(0o111);
    expect(readFileSync(program, 'utf8')).toMatch(/^#!\/usr\/bin\/env node\n/u);
  });

  it('shows its help in Chinese', () => {
    const { status, stdout, stderr } = run(['round', '--help']);
    expect([status, stderr]).toEqual([0, '']);
    expect(stdout).toContain('从通报建立轮次');
    expect(stdout).not.toMatch(/Usage|Options|Commands|options|display help/u);
  });

  it.each([
    ['an unknown command', ['frobnicate'], '没有命令“frobnicate”'],
    ['an unknown option', ['health', '--fast'], '没有选项“--fast”'],
    ['a missing argument', ['notice', 'read'], '没有写“文件”'],
    ['a missing option', ['issue', 'return', 'GM-01', '--by', '王'], '--reason'],
    ['a choice that there is not', ['drill', 'x', '--staff', 'lazy'], '只能写 diligent、mixed、silent'],
    ['a group without a command', ['issue'], '请写明子命令'],
    ['no file', ['notice', 'read', '/nowhere/notice.txt'], '没有这个文件'],
    ['a folder', ['notice', 'read', '/'], '这是文件夹'],
    ['no day', ['calendar', 'workdays', '2024-02-30', '2024-03-01'], '2024-02-30'],
    ['nothing to read', ['deadline', 'read'], '没有写要读的文字'],
    ['no mail', ['mail', 'read'], '没有写要读的邮件'],
    ['no folder', ['mail', 'read', '--batch', '/nowhere'], '不是能读的文件夹'],
  ])('answers %s with one sentence and exit code 2', (_, args, sentence) => {
    const { status, stdout, stderr } = run([...args, '--json']);
    expect([status, stdout]).toEqual([2, '']);
    expect(stderr).toContain(sentence);
    expect(stderr.trim().split('\n')).toHaveLength(1);
  });

  it('refuses what needs an instance when none runs, with exit code 1, and makes no folder', () => {
    const dataDir = join(temporaryFolder(), 'data');
    const { status, stdout, stderr } = run(['round', 'status', '--json'], { HUITOUKAN_DATA: dataDir });
    expect([status, stderr]).toEqual([1, '没有正在运行的回头看：请先 npm start\n']);
    expect(JSON.parse(stdout)).toEqual({ code: 'NotRunning', message: '没有正在运行的回头看：请先 npm start' });
    expect(existsSync(dataDir)).toBe(false);
  });

  it('refuses likewise when the instance has gone and its file is left, or its address lacks a token', () => {
    const folder = temporaryFolder();
    writeFileSync(join(folder, 'instance.json'), JSON.stringify({ url: 'http://127.0.0.1:9', pid: 1 }));
    writeFileSync(join(folder, 'token'), 'x');
    expect(run(['health'], { HUITOUKAN_DATA: folder })).toMatchObject({ status: 1, stdout: '' });
    const elsewhere = run(['health'], { HUITOUKAN_URL: 'http://127.0.0.1:9' });
    expect(elsewhere).toMatchObject({ status: 2, stderr: '设置了 HUITOUKAN_URL，请同时设置 HUITOUKAN_TOKEN\n' });
  });
});

describe('the key that mails are signed with', () => {
  interface Answer {
    keyFile: string;
    made: string;
    record: { name: string; value: string };
    zoneLine: string;
  }

  it('is made once, readable by its owner only, and named with the record that belongs into DNS', () => {
    const folder = join(temporaryFolder(), 'dkim');
    const make = () => run(['mail', 'dkim-key', folder, '--domain', 'Duban.Example.CN', '--json']);
    const first = make();
    expect([first.status, first.stderr]).toEqual([0, '']);
    const { keyFile, made, record, zoneLine } = JSON.parse(first.stdout) as Answer;
    expect([keyFile, made]).toEqual([join(folder, 'huitoukan.private.pem'), 'now']);
    expect(statSync(keyFile).mode & 0o777).toBe(0o600);
    const publicKey = createPublicKey(readFileSync(keyFile)).export({ format: 'der', type: 'spki' }).toString('base64');
    expect(record).toEqual({
      name: 'huitoukan._domainkey.duban.example.cn',
      type: 'TXT',
      value: `v=DKIM1; k=rsa; p=${publicKey}`,
    });
    const strings = [...zoneLine.matchAll(/"([^"]*)"/g)].map(([, text]) => text!);
    expect(strings.join('')).toBe(record.value);
    expect(Math.max(...strings.map(({ length }) => length))).toBeLessThanOrEqual(255);

    const before = readFileSync(keyFile, 'utf8');
    expect(JSON.parse(make().stdout)).toMatchObject({ made: 'before', record });
    expect(readFileSync(keyFile, 'utf8')).toBe(before);
  });

  it.each([
    ['a domain that is none', ['--domain', '单位'], '应是域名'],
    ['no domain', [], '--domain'],
    ['a selector with a dot', ['--domain', 'a.cn', '--selector', 'a.b'], '只能用字母、数字和连字符'],
  ])('is not made for %s', (_, options, why) => {
    const folder = join(temporaryFolder(), 'dkim');
    const { status, stderr } = run(['mail', 'dkim-key', folder, ...options]);
    expect([status, stderr.trim().split('\n').length, existsSync(folder)]).toEqual([2, 1, false]);
    expect(stderr).toContain(why);
  });

  it('is not made over a file that is something else', () => {
    const folder = temporaryFolder();
    writeFileSync(join(folder, 'huitoukan.private.pem'), 'hello');
    const { status, stderr } = run(['mail', 'dkim-key', folder, '--domain', 'a.cn']);
    expect([status, readFileSync(join(folder, 'huitoukan.private.pem'), 'utf8')]).toEqual([2, 'hello']);
    expect(stderr).toContain('已有这个文件，但读不出私钥');
  });
});

describe('the readers, which need no instance', () => {
  it('read a notice: JSON and nothing else on standard output', () => {
    const { status, stdout, stderr } = run(['notice', 'read', sample, '--json']);
    expect([status, stderr]).toEqual([0, '']);
    const reading = JSON.parse(stdout) as { issues: { number: number; measures: string[]; line: number }[] };
    expect(Object.keys(reading).sort()).toEqual(
      ['aspects', 'claims', 'issues', 'joins', 'level', 'problems', 'round'].sort(),
    );
    expect(reading.issues.length).toBeGreaterThan(3);
  });

  it('read it for people too, with the place of each issue', () => {
    const { status, stdout } = run(['notice', 'read', sample]);
    expect(status).toBe(0);
    expect(stdout).toMatch(/反馈日 +\d{4}-\d\d-\d\d/u);
    expect(stdout).toMatch(/第\d+行/u);
  });

  it('refuse an empty file, a binary one and one of 50 MB with exit code 2 and one sentence', () => {
    const folder = temporaryFolder();
    const files = { 'empty.txt': '', 'picture.txt': Buffer.from([0x89, 0x50, 0x4e, 0x47, 0, 0, 0, 13, 0, 1, 2, 3]) };
    for (const [name, content] of Object.entries(files)) writeFileSync(join(folder, name), content);
    writeFileSync(join(folder, 'large.txt'), Buffer.alloc(50 * 1024 * 1024, 0x41));
    for (const name of ['empty.txt', 'picture.txt', 'large.txt']) {
      const { status, stdout, stderr } = run(['notice', 'read', join(folder, name), '--json']);
      expect([name, status, stdout, stderr.trim().split('\n').length]).toEqual([name, 2, '', 1]);
    }
  });

  it('read workdays and deadlines', () => {
    const days = run(['calendar', 'workdays', '2024-02-08', '2024-02-19', '--json']);
    expect(JSON.parse(days.stdout)).toEqual({
      from: '2024-02-08',
      to: '2024-02-19',
      workdays: ['2024-02-08', '2024-02-09', '2024-02-18', '2024-02-19'],
      provisional: false,
    });
    const deadline = run(['deadline', 'read', '2024年3月底前', '--feedback', '2023-09-22', '--json']);
    expect(JSON.parse(deadline.stdout)).toEqual({ kind: 'date', on: '2024-03-31', longTerm: false, note: '' });
    expect(run(['deadline', 'read', '立行立改', '--feedback', '2023-09-22']).stdout).toContain('2023年10月7日');
  });

  it('read deadlines from a file, an answer a line', () => {
    const file = join(temporaryFolder(), 'phrases.jsonl');
    writeFileSync(file, '{"phrase":"2024年3月底前"}\n不是 JSON\n');
    const { status, stdout } = run(['deadline', 'read', '--batch', file, '--json']);
    expect(status).toBe(0);
    const answers = stdout
      .trimEnd()
      .split('\n')
      .map((line) => (JSON.parse(line) as { kind: string }).kind);
    expect(answers).toEqual(['date', 'unknown']);
  });

  it('read a folder of mails, a JSON line a file in name order, and a file that is no mail stops nothing', () => {
    const folder = temporaryFolder();
    writeFileSync(join(folder, 'b.eml'), 'From: a@b.test\r\nSubject: x\r\n\r\n收到\r\n\r\n> 旧\r\n');
    writeFileSync(join(folder, 'a.bin'), Buffer.from([0, 1, 2, 255]));
    symlinkSync('/nowhere', join(folder, 'c'));
    mkdirSync(join(folder, 'd'));
    const { status, stdout, stderr } = run(['mail', 'read', '--batch', folder]);
    expect([status, stderr]).toEqual([0, '']);
    const answers = stdout
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line) as { file: string; kind: string; text: string });
    expect(answers.map(({ file, kind, text }) => [file, kind, text])).toEqual([
      ['a.bin', 'unreadable', ''],
      ['b.eml', 'reply', '收到'],
      ['c', 'unreadable', ''],
    ]);
  });

  it('read the answer out of a body, from standard input and from a folder', () => {
    const body = '收到\n\n在 2024-03-25 09:00:00，"督办" <a@b.test> 写道：\n\n旧\n';
    expect(run(['mail', 'reply-text'], {}, body)).toEqual({ status: 0, stdout: '收到\n', stderr: '' });
    const folder = temporaryFolder();
    writeFileSync(join(folder, '1.txt'), body);
    symlinkSync('/nowhere', join(folder, '2.txt'));
    expect(run(['mail', 'reply-text', '--batch', folder]).stdout).toBe(
      '{"file":"1.txt","text":"收到"}\n{"file":"2.txt","text":""}\n',
    );
  });
});
