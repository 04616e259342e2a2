import type { CommanderError } from 'commander';

/** What commander finds wrong with the arguments, in one Chinese sentence. */
export function misuseWords({ code, message }: CommanderError): string {
  const [named = '', allowed = ''] = [...message.matchAll(/'([^']*)'/gu)].map(([, words = '']) => words);
  const choices = /Allowed choices are (.+)\.$/u.exec(message)?.[1];
  const help = '（用 --help 看用法）';
  switch (code) {
    case 'commander.unknownCommand':
      return `没有命令“${named}”${help}`;
    case 'commander.unknownOption':
      return `没有选项“${named}”${help}`;
    case 'commander.missingArgument':
      return `没有写“${named}”${help}`;
    case 'commander.missingMandatoryOptionValue':
      return `没有写必填的选项 ${named}${help}`;
    case 'commander.optionMissingArgument':
      return `选项 ${named} 后面要写内容${help}`;
    case 'commander.excessArguments':
      return `参数写多了${help}`;
    case 'commander.invalidArgument':
      return choices === undefined
        ? `${named} 的内容“${allowed}”不对${help}`
        : `${named} 只能写 ${choices.replaceAll(', ', '、')}`;
    case 'commander.help':
      return `请写明子命令${help}`;
    default:
      return `用法不对${help}`;
  }
}
