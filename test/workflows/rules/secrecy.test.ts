import { describe, expect, it } from 'vitest';
import { domainAndAbove, domainOfAddress, mailDomain } from '../../../workflows/rules/mail-domain.ts';
import { type DomainList, measureTold, secrecyOf } from '../../../workflows/rules/secrecy.ts';

describe('a mail domain', () => {
  it.each([
    ['unit.example', 'unit.example'],
    [' Unit.EXAMPLE. ', 'unit.example'],
    ['中山市.公司', 'xn--fiqr16an8a.xn--55qx5d'],
    ['XN--FIQR16AN8A.xn--55qx5d', 'xn--fiqr16an8a.xn--55qx5d'],
    ['ｕｎｉｔ．ｅｘａｍｐｌｅ', 'unit.example'],
    ['unit。example', 'unit.example'],
    ['cn', undefined],
    ['', undefined],
    ['127.0.0.1', undefined],
    ['0x7f.1', undefined],
    ['[::1]', undefined],
    ['chen@unit.example', undefined],
    ['unit.example:25', undefined],
    ['unit.example/x', undefined],
    ['unit%2eexample', undefined],
    ['unit..example', undefined],
    ['-unit.example', undefined],
  ])('%j is %j', (text, domain) => expect(mailDomain(text)).toBe(domain));
});

describe('the domain of an address', () => {
  it.each([
    ['chen@Unit.Example', 'unit.example'],
    ['"a@qq.example"@unit.example', 'unit.example'],
    ['chen@unit.example@qq.example', 'qq.example'],
    ['chen@[10.0.0.1]', undefined],
    ['chen', undefined],
    ['@unit.example', undefined],
    ['chen@', undefined],
  ])('of %s is %s', (address, domain) => expect(domainOfAddress(address)).toBe(domain));
});

describe('what a mail may tell', () => {
  const list: DomainList = new Map([
    ['unit.example', 'trusted'],
    ['guest.unit.example', 'distrusted'],
    ['inner.guest.unit.example', 'trusted'],
    ['qq.example', 'distrusted'],
  ]);
  it.each([
    ['chen@unit.example', 'words', 'trustedDomain', 'unit.example'],
    ['chen@UNIT.example.', 'words', 'trustedDomain', 'unit.example'],
    ['chen@a.b.unit.example', 'words', 'trustedDomain', 'unit.example'],
    ['chen@guest.unit.example', 'codeOnly', 'distrustedDomain', 'guest.unit.example'],
    ['chen@x.guest.unit.example', 'codeOnly', 'distrustedDomain', 'guest.unit.example'],
    ['chen@inner.guest.unit.example', 'words', 'trustedDomain', 'inner.guest.unit.example'],
    ['chen@qq.example', 'codeOnly', 'distrustedDomain', 'qq.example'],
    ['chen@otherunit.example', 'codeOnly', 'unlistedDomain', 'otherunit.example'],
    ['chen@unit.example.evil.example', 'codeOnly', 'unlistedDomain', 'unit.example.evil.example'],
    ['chen', 'codeOnly', 'unreadableAddress', null],
  ] as const)('%s: %s, for %s %s', (address, told, rule, domain) =>
    expect(secrecyOf({ channel: 'mail', address }, list)).toEqual({ told, rule, domain }),
  );

  it('is nothing but the code while nobody has decided on any domain', () =>
    expect(secrecyOf({ channel: 'mail', address: 'chen@unit.example' }, new Map()).told).toBe('codeOnly'));

  it.each(['practiceMailbox', 'paper'] as const)('is everything on the way of %s', (channel) =>
    expect(secrecyOf({ channel }, new Map())).toEqual({ told: 'words', rule: channel, domain: null }),
  );

  it('goes down to two labels', () => expect(domainAndAbove('a.b.cn')).toEqual(['a.b.cn', 'b.cn']));
});

describe('a measure’s words', () => {
  it.each([
    ['words', 'once', 'standIn', 'words'],
    ['words', 'accountability', 'inPerson', 'words'],
    ['words', 'accountability', 'standIn', 'codeOnly'],
    ['codeOnly', 'once', 'inPerson', 'codeOnly'],
    ['codeOnly', 'accountability', 'inPerson', 'codeOnly'],
  ] as const)('told %s of kind %s %s: %s', (told, kind, capacity, expected) =>
    expect(measureTold(told, kind, capacity)).toBe(expected),
  );
});
