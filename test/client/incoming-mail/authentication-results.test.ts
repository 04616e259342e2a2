import { expect, test } from 'vitest';
import { type Authentication, authenticationOf } from '../../../client/incoming-mail/authentication-results.ts';

const chen = 'chen@lingnan.gov.example';
const ours = 'mx.office.example';

test.each<[string, readonly string[], Authentication]>([
  ['no server has checked it', [], 'notChecked'],
  ['another server has', ['mx.elsewhere.example; dmarc=pass header.from=lingnan.gov.example'], 'notChecked'],
  ['DMARC passed', [`${ours}; spf=fail; dmarc=pass header.from=lingnan.gov.example`], 'passed'],
  [
    'DMARC passed, as a version and comments tell',
    [`${ours} 1; dmarc=pass (p=NONE (sp=NONE)) header.from=lingnan.gov.example`],
    'passed',
  ],
  ['DMARC passed, and it is not said for whom', [`${ours}; dmarc=pass`], 'passed'],
  ['DMARC passed for another sender', [`${ours}; dmarc=pass header.from=evil.example`], 'notPassed'],
  ['a signature of its domain passed', [`${ours}; dkim=pass header.d=lingnan.gov.example header.s=a`], 'passed'],
  ['a signature of the domain above passed', [`${ours}; dkim=pass header.i=@gov.example`], 'passed'],
  ['a signature of a lone label passed', [`${ours}; dkim=pass header.d=example`], 'notPassed'],
  ['a signature of a mailer passed', [`${ours}; dkim=pass header.d=mailer.example`], 'notPassed'],
  [
    'a signature of a domain that ends alike passed',
    [`${ours}; dkim=pass header.d=notlingnan.gov.example`],
    'notPassed',
  ],
  ['a signature failed', [`${ours}; dkim=fail reason="bad; dkim=pass" header.d=lingnan.gov.example`], 'notPassed'],
  [
    'a signature failed for a reason that says otherwise',
    [`${ours}; dkim=fail reason="x; dkim=pass header.d=lingnan.gov.example"`],
    'notPassed',
  ],
  ['the envelope’s sender passed', [`${ours}; spf=pass smtp.mailfrom=chen@lingnan.gov.example`], 'passed'],
  [
    'the envelope’s sender hides an address in quotes',
    [`${ours}; spf=pass smtp.mailfrom="chen@lingnan.gov.example"@evil.example`],
    'notPassed',
  ],
  [
    'an escaped quote hides a result',
    [`${ours}; spf=pass smtp.mailfrom="a\\";dmarc=pass;x=\\"b"@evil.example`],
    'notPassed',
  ],
  ['the envelope’s sender of another domain passed', [`${ours}; spf=pass smtp.mailfrom=x@bulk.example`], 'notPassed'],
  ['nothing was found', [`${ours}; none`], 'notPassed'],
  ['a comment says that it passed', [`${ours}; dmarc=fail (dmarc=pass header.from=lingnan.gov.example)`], 'notPassed'],
  ['a comment is never closed', [`${ours} (; dmarc=pass`], 'notPassed'],
  [
    'our server’s name is written in capitals',
    ['MX.OFFICE.EXAMPLE; dmarc=pass header.from=LINGNAN.gov.example'],
    'passed',
  ],
  ['the sender added one of our name below ours', [`${ours}; dmarc=fail`, `${ours}; dmarc=pass`], 'notPassed'],
  ['the server behind ours wrote above it', ['inner.example; x=y', `${ours}; dmarc=pass`], 'passed'],
  ['a name begins like ours', [`${ours}.evil.example; dmarc=pass`], 'notChecked'],
])('where %s, that is what is known of its sender', (_, values, expected) => {
  expect(authenticationOf(values, { authservId: ours, address: chen })).toBe(expected);
});
