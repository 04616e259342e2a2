import { spawnSync } from 'node:child_process';
import { chownSync, lstatSync, readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';

/** How to run a program that refuses to run as root. */
export interface Launcher {
  /** The command to start instead. The process keeps its number through it. */
  wrap(program: string, args: string[]): { command: string; args: string[] };
  /** The user to start it as; ours when absent. */
  user?: { uid: number; gid: number };
}

/** The user that nobody is, on every Linux. */
const nobody = 65534;

const asWeAre: Launcher = { wrap: (program, args) => ({ command: program, args }) };

/**
 * In a user namespace root is called nobody inside, while its files stay root's outside: folders of mode 700 work
 * and no user has to exist.
 */
const inNamespace: Launcher = {
  wrap: (program, args) => ({
    command: 'unshare',
    args: ['--user', `--map-user=${nobody}`, `--map-group=${nobody}`, program, ...args],
  }),
};

export type Privileges = 'ours' | 'namespace' | 'other-user';

/**
 * Finds a way to run `program` (which must know `--version`) with files in `folder`, and makes the folder its own where
 * another user is needed. As an ordinary user that is simply to run it.
 *
 * @param ways the ways to try, for tests; by default those that apply to the present user, best first
 * @throws Error with a sentence for people that names DATABASE_URL when there is no way
 */
export function launcherFor(program: string, folder: string, ways = waysOfPresentUser()): Launcher {
  for (const way of ways) {
    if (way === 'ours') return asWeAre;
    if (way === 'namespace' && works(inNamespace, program)) return inNamespace;
    if (way === 'other-user') {
      const launcher = otherUsers().find((candidate) => works(candidate, program) && canWrite(candidate, folder));
      if (launcher) return launcher;
    }
  }
  throw new Error(
    '内置 PostgreSQL 不能以 root 身份运行，这里又不允许用户命名空间（unshare --user），也没有能读程序、写数据文件夹的普通用户：' +
      '请用普通用户启动，或自备 PostgreSQL 并设置 DATABASE_URL',
  );
}

function waysOfPresentUser(): Privileges[] {
  return process.getuid?.() === 0 ? ['namespace', 'other-user'] : ['ours'];
}

function works(launcher: Launcher, program: string): boolean {
  const { command, args } = launcher.wrap(program, ['--version']);
  return spawnSync(command, args, { stdio: 'ignore', ...launcher.user }).status === 0;
}

/** Gives the folder to the user and asks whether that is enough: a closed folder above it would still bar the way. */
function canWrite({ user }: Launcher, folder: string): boolean {
  if (!user) return true;
  give(folder, user);
  return spawnSync('test', ['-w', folder], { stdio: 'ignore', ...user }).status === 0;
}

/** Gives a folder and all in it to a user. */
export function give(path: string, user: { uid: number; gid: number }): void {
  const found = lstatSync(path);
  if (found.uid !== user.uid) chownSync(path, user.uid, user.gid);
  if (found.isDirectory()) for (const name of readdirSync(path)) give(join(path, name), user);
}

/** `postgres` and `nobody`, where the system has them. */
function otherUsers(): Launcher[] {
  let accounts: string[][];
  try {
    accounts = readFileSync('/etc/passwd', 'utf8')
      .split('\n')
      .map((line) => line.split(':'));
  } catch {
    return [];
  }
  return ['postgres', 'nobody'].flatMap((name) => {
    const account = accounts.find(([user]) => user === name);
    const [uid, gid] = [Number(account?.[2]), Number(account?.[3])];
    return uid > 0 && gid > 0 ? [{ ...asWeAre, user: { uid, gid } }] : [];
  });
}
