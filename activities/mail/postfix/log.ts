/** One line of a mail log that Postfix, or the system's logger, wrote. */
export interface LogLine {
  /** Undefined when the line's time cannot be read. */
  readonly at: Date | undefined;
  /** `smtpd` of `postfix/submission/smtpd[77]`. */
  readonly program: string;
  readonly pid: string;
  readonly text: string;
}

const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];
const line = /^(?:(\d{4}-\S+)|(\w{3}) +(\d{1,2}) (\d\d):(\d\d):(\d\d)) \S+ ([^\s:[]+)(?:\[(\d+)\])?: (.*)$/;
const dayMs = 86_400_000;

/**
 * Reads a log in the traditional form (`Nov 28 05:28:10 host postfix/qmgr[7]: …`, local time, no year: the last one
 * in which it is not in the future) or with RFC 3339 times. Lines of another form are left out.
 */
export function readLog(text: string, readAt: Date): LogLine[] {
  return text.split('\n').flatMap((written) => {
    const [, stamp, month = '', day, hour, minute, second, tag, pid = '', said] = line.exec(written) ?? [];
    if (tag === undefined || said === undefined) return [];
    const at = stamp !== undefined ? new Date(stamp) : traditional(readAt, month, [day, hour, minute, second]);
    const isTime = !Number.isNaN(at.getTime());
    return [{ at: isTime ? at : undefined, program: tag.split('/').at(-1)!, pid, text: said }];
  });
}

function traditional(readAt: Date, month: string, parts: readonly (string | undefined)[]): Date {
  const [day, hour, minute, second] = parts.map(Number);
  const inYear = (year: number) => new Date(year, months.indexOf(month), day, hour, minute, second);
  const thisYear = inYear(readAt.getFullYear());
  return thisYear.getTime() > readAt.getTime() + dayMs ? inYear(readAt.getFullYear() - 1) : thisYear;
}
