import { createServer } from 'node:net';
import { describe, expect, it } from 'vitest';
import { outcomeOf, smtpTransport } from '../../../activities/mail/transport.ts';

const unread = () => false;

describe('what a mail server’s answer means', () => {
  it.each([
    ['RCPT TO', 550, '550 5.1.1 user unknown', 'address'],
    ['RCPT TO', 550, '550 no such user here', 'address'],
    ['RCPT TO', 551, '551 user not local', 'address'],
    ['RCPT TO', 553, '553 mailbox name not allowed', 'address'],
    ['RCPT TO', 550, '550 5.2.1 mailbox disabled', 'address'],
    ['RCPT TO', 552, '552 5.2.2 mailbox full', 'mail'],
    ['RCPT TO', 554, '554 5.7.1 relay access denied', 'mail'],
    ['RCPT TO', 550, '550 5.7.1 policy', 'mail'],
    ['RCPT TO', 550, '550 5.1.8 bad sender domain', 'mail'],
    ['DATA', 554, '554 5.7.1 spam', 'mail'],
  ] as const)('%s %i “%s” is final, because of the %s', (command, responseCode, response, because) => {
    const error = Object.assign(new Error(response), { command, responseCode, response });
    expect(outcomeOf(error, () => true)).toEqual({ kind: 'refused', because, response });
  });

  it.each([
    ['RCPT TO', 451, '451 4.7.1 greylisted'],
    ['DATA', 452, '452 4.3.1 out of space'],
    ['MAIL FROM', 550, '550 5.7.1 sender not allowed'],
    ['AUTH PLAIN', 535, '535 5.7.8 bad credentials'],
    ['CONN', 554, '554 go away'],
    ['CONN', 421, '421 closing'],
  ])('%s %i “%s” lets the mail wait', (command, responseCode, response) => {
    const error = Object.assign(new Error(response), { command, responseCode, response });
    expect(outcomeOf(error, unread)).toEqual({ kind: 'deferred', response });
  });

  it('is unknown when no answer came and the bytes were on their way', () => {
    const error = Object.assign(new Error('Connection closed unexpectedly'), { command: 'CONN', code: 'ECONNECTION' });
    expect(outcomeOf(error, () => true)).toMatchObject({ kind: 'unknown' });
    expect(outcomeOf(error, unread)).toMatchObject({ kind: 'deferred' });
  });
});

it('a connection that is closed without a greeting is tried once: the row decides whether it goes again', async () => {
  let connections = 0;
  const closing = createServer((socket) => {
    connections += 1;
    socket.destroy();
  });
  await new Promise<void>((resolve) => closing.listen(0, '127.0.0.1', resolve));
  const address = closing.address();
  const transport = smtpTransport(
    `smtp://127.0.0.1:${String(typeof address === 'object' ? address?.port : 0)}`,
    'world',
  );
  const outcome = await transport.send({ from: 'a@x.example', to: 'b@y.example', raw: Buffer.from('text') });
  expect(outcome.kind).toBe('deferred');
  expect(connections).toBe(1);
  transport.close();
  await new Promise((resolve) => closing.close(resolve));
});

it('the bytes arrive as they are, and a domain in Chinese stands in the envelope in its ASCII form', async () => {
  let said = '';
  const listening = createServer((socket) => {
    socket.write('220 ready\r\n');
    socket.on('data', (part: Buffer) => {
      said += part.toString();
      if (said.endsWith('\r\nDATA\r\n')) socket.write('354 go on\r\n');
      else if (!said.includes('\r\nDATA\r\n') || said.endsWith('\r\n.\r\n')) socket.write('250 yes\r\n');
    });
  });
  await new Promise<void>((resolve) => listening.listen(0, '127.0.0.1', resolve));
  const address = listening.address();
  const port = typeof address === 'object' ? address?.port : 0;
  const transport = smtpTransport(`smtp://127.0.0.1:${String(port)}`, 'world');
  const raw = Buffer.from('Subject: text\r\n\r\n一行\r\n.一点\r\n');
  const outcome = await transport.send({ from: 'a@x.example', to: 'b@单位.example', raw });
  transport.close();
  await new Promise((resolve) => listening.close(resolve));
  expect(outcome).toEqual({ kind: 'accepted', response: '250 yes' });
  expect(said).toContain('RCPT TO:<b@xn--nqq01h.example>\r\nDATA\r\nSubject: text\r\n\r\n一行\r\n..一点\r\n.\r\n');
});
