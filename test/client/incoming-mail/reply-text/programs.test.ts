import { describe, expect, test } from 'vitest';
import { visibleAnswer } from '../../../../client/incoming-mail/reply-text.ts';

const answer = '已走访3户，\n下周再走访2户。';
const quoted = ['张三同志：', '', '您有2项待办。', 'CS-01 请于6月30日前报送佐证材料。', '', '督办办公室'];

describe('the mail that a program quotes without marks is not part of the answer', () => {
  test.each<[string, string[]]>([
    [
      'Outlook, bold by asterisks',
      ['**发件人：**督办 <o@g.test>', '', '**发送时间：**2024年6月3日', '', '**收件人：**张三'],
    ],
    [
      'Outlook, in Cantonese use',
      ['自：督办 <o@g.test>', '日期：2024年6月3日 9:00', '至：张三 <z@g.test>', '主题：待办'],
    ],
    ['Foxmail of old', ['======= 2024-06-03 09:00:00 您在来信中写道：=======']],
    [
      'QQ, whose blanks stayed entities',
      ['------------------&nbsp;原始邮件&nbsp;------------------', '发件人: "督办"'],
    ],
    [
      'QQ, a rule and then the words',
      ['------------------', '', '原始邮件', '', '发件人：督办<o@g.test>', '发件时间：2024年6月3日'],
    ],
    [
      'NetEase on a phone, as a table',
      ['---- 回复的原邮件 ----', '| 发件人 | 督办<o@g.test> |', '| 日期 | 2024年06月03日 09:00 |'],
    ],
    [
      'NetEase, with its card',
      ['| |', '张三', '|', '|', 'z@163.test', '|', '', '---- 回复的原邮件 ----', '发件人：督办'],
    ],
    ['Aliyun, a name without an address', ['-'.repeat(66), '发件人：督办', '发送时间：2024年6月3日(星期一) 09:00']],
    ['a marker that no list holds', ['----回复的邮件信息----', '督办']],
    ['a marker between asterisks', ['***** 原始邮件 *****', '督办']],
    ['a marker in brackets', ['【原始邮件】', '发件人：督办 <o@g.test>', '时间：2024年6月3日 9:00', '收件人：张三']],
    ['an iPhone, without an address', ['在 2024年6月3日，09:00，督办办公室 写道：']],
    ['Thunderbird', ['于 2024/6/3 9:00, 督办办公室 写道:']],
    ['Gmail, broken behind the day', ['督辦辦公室 <o@g.test> 於 2024年6月3日 週一', '上午9:00寫道：']],
    ['Gmail, broken behind the address', ['督办办公室 <o@g.test>', '于2024年6月3日周一 09:00写道：']],
    ['Gmail, broken before the address', ['岭南县整改工作领导小组办公室', '<o@g.test> 于2024年6月3日周一 09:00写道：']],
    ['Gmail, an address alone', ['office@g.test 于2024年6月3日周一 09:00写道：']],
    ['Apple Mail, broken within the verb', ['2024年6月3日 上午9:00，督办办公室 <o@g.test> 写', '道：']],
    ['an iPhone, broken twice', ['在 2024年6月3日，上午9:00，', '督办办公室', '<o@g.test> 写道：']],
    ['an address as a name', ['"o@g.test"<o@g.test> 在 2024-06-03 09:00 写道：']],
    [
      'Notes',
      [
        '督办 ---2024-06-03 09:00:00---您有2项待办。',
        '',
        'From:\t督办 <o@g.test>',
        'To:\t张三',
        'Date:\t06/03/2024 09:00',
      ],
    ],
    [
      'Notes, its labels alone',
      ['督办 <o@g.test>', '2024-06-03 09:00', '', '收件人', '张三/岭南', '抄送', '', '主题', '待办'],
    ],
    ['GroupWise', ['>>> 督办 <o@g.test> 2024-06-03 9:00 >>>']],
    ['Proton, with hyphens of another kind', ['‐‐‐‐‐‐‐ Original Message ‐‐‐‐‐‐‐', 'On Monday']],
    ['Zimbra in French', ['----- Mail original -----', 'De: "Office"']],
    ['Apple Mail in Polish', ['Wiadomość napisana przez Office <office@gov.test> w dniu 3 cze 2024, o godz. 09:00:']],
    ['Outlook in Romanian', ['De la: A <a@b.test>', 'Trimis: luni, 3 iunie 2024 09:00', 'Către: z', 'Subiect: x']],
    ['Outlook in Croatian', ['Od: A <a@b.test>', 'Poslano: 3. lipnja 2024. 9:00', 'Prima: z', 'Predmet: x']],
  ])('%s', (_, head) => {
    expect(visibleAnswer([answer, '', ...head, '', ...quoted].join('\n'))).toBe(answer);
  });
});

describe('what a program or server puts below is not part of the answer', () => {
  test.each([
    '发自阿里云邮箱 Android版',
    '来自钉钉',
    '发送自 Windows 10 版邮件应用',
    '来自 Coremail 论客',
    '发自我的Mate 60 Pro',
    '从 Windows 版邮件<https://go.test/x>发送',
    '從我的 iPad 傳送',
    'Sent from Yahoo Mail. Get the app',
    '__________\n张三\n岭南镇农业农村办\n电话 0757-0000000',
    '________________\nThis e-mail is confidential and intended for the addressee only.',
    '本邮件及其附件含有保密信息，仅限于发送给上述收件人。',
    'Virus-free.www.avast.com<https://www.avast.test/sig>',
  ])('%s', (below) => {
    expect(visibleAnswer(`${answer}\n\n${below}`)).toBe(answer);
  });
});

describe('what only resembles a quote or a signature is part of the answer', () => {
  test.each([
    '--\n已完成',
    '已完成\n--\n详见附件：整改报告.docx 共三页。',
    '使用手机发送',
    '收件人：王五 <w@gov.test>\n时间：2024-06-03\n已送达整改通知书。',
    '2024年6月3日上午9:00，会议纪要写道：\n一、完成清淤\n二、落实资金',
    '在2024年6月3日的会上，书记写道：\n抓紧整改。',
    '请联系 李四 <li@gov.test>\n2024年6月3日前反馈。',
    '会议信息\n日期：2024年6月3日\n主题：推进会\n主持人：李四\n邮箱：li@gov.test',
    '整改清单\n====================\n1. 路灯 已完成\n====================\n合计1项',
    '签字：____________\n日期：2024年6月3日',
    '处理意见：\n__________\n同意',
    '抄送：李四 <li@gov.test>\n请一并核实。\n进展：已完成',
    '| GM-01 | 完成 |\n|\n| GM-02 | 推进 |',
    '会议记录：\n\n张三 <z@gov.test>：已完成\n李四 <l@gov.test>：推进中',
    '已完成\n来自举报人的手机',
    '本邮件仅供参考，正式材料另寄。',
    'From: 3 June\nTo: 5 June\nSubject to approval.',
    'Bob <bob@x.test> said it is fine.\nWe go on.',
  ])('%s', (text) => {
    expect(visibleAnswer(text)).toBe(text);
  });
});

test('the end of a quoted line that a program broke is quoted; an answer between two quoted lines is not', () => {
  const long = `> ${'a quoted line of some length '.repeat(2)}that is brok`;
  const head = 'Yes.\n\nOn 3 Jun 2024, at 09:00, Office <o@g.test> wrote:\n';

  expect(visibleAnswer(`${head}${long}\nen here\n> and goes on`)).toBe('Yes.');
  expect(visibleAnswer(`${head}${long}en?\nnot yet\n> and goes on`)).toBe('Yes.\n\nnot yet');
});
