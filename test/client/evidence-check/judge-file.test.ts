import iconv from 'iconv-lite';
import { describe, expect, test } from 'vitest';
import type { Concern } from '../../../client/evidence-check/concerns.ts';
import { judgeFile } from '../../../client/evidence-check/judge-file.ts';
import type { FileKind } from '../../../client/evidence-check/kinds.ts';
import { processorMs } from '../../support/processor-time.ts';
import { bytesOf, compoundOf, hex, locked, officeOf, relation, zipOf } from './files.ts';

const nothing = new Uint8Array();
const wordBlock = (flags: number) =>
  Buffer.from([0xec, 0xa5, 0xc1, 0, 0, 0, 0, 0, 0, 0, flags & 0xff, flags >> 8, 0, 0]);
const workbook = (second: number) => Buffer.from([0x09, 0x08, 2, 0, 0, 6, second, 0, 4, 0, 0, 0, 0, 0]);

describe('what a file is, its content says', () => {
  test.each<[FileKind, Uint8Array]>([
    ['pdf', bytesOf('%PDF-1.7\n1 0 obj')],
    ['pdf', bytesOf('\n\n%PDF-1.4')],
    ['docx', officeOf('word')],
    ['xlsx', officeOf('xl')],
    ['pptx', officeOf('ppt')],
    ['ofd', zipOf({ 'OFD.xml': '<ofd/>', 'Doc_0/Document.xml': '<d/>' })],
    ['openDocument', zipOf({ mimetype: 'application/vnd.oasis.opendocument.text', 'content.xml': '<c/>' })],
    ['doc', compoundOf(['WordDocument'], wordBlock(0))],
    ['xls', compoundOf(['Workbook'], workbook(0x42))],
    ['ppt', compoundOf(['PowerPoint Document'])],
    ['outlookMail', compoundOf(['__properties_version1.0'])],
    ['rtf', bytesOf('{\\rtf1 整改}')],
    ['jpeg', hex('ff d8 ff e1')],
    ['png', hex('89 50 4e 47 0d 0a 1a 0a')],
    ['gif', bytesOf('GIF89a....')],
    ['bmp', hex('42 4d 36 00 0c 00 00 00 00 00')],
    ['webp', hex('52494646 aabbccdd 57454250')],
    ['tiff', hex('49 49 2a 00')],
    ['heic', hex('00000018 66747970 68656963')],
    ['film', hex('00000018 66747970 69736f6d')],
    ['film', hex('52494646 aabbccdd 41564920')],
    ['sound', hex('00000018 66747970 4d344120')],
    ['sound', bytesOf('#!AMR\n')],
    ['zip', zipOf({ '照片1.jpg': 'x' })],
    ['rar', hex('52 61 72 21 1a 07 01 00')],
    ['sevenZip', hex('37 7a bc af 27 1c')],
    ['otherArchive', hex('1f 8b 08')],
    ['text', bytesOf('已召开专题会议，制定清单。')],
    ['text', iconv.encode('已召开专题会议', 'gb18030')],
    ['text', iconv.encode('已召开专题会议', 'utf-16le', { addBOM: true })],
    ['text', bytesOf('说明：<html> 是网页的标记')],
    ['text', bytesOf('From: li@example.cn\r\nTo: reply@example.cn\r\nContent-Type: text/plain\r\n\r\n收到')],
    ['text', bytesOf('MIME-Version: 1.0\r\nTo: a@b.cn\r\nContent-Type: multipart/related\r\n\r\n')],
    ['unknown', hex('01 02 03 04')],
  ])('%s', (kind, bytes) => {
    // The name says something else on purpose; it is not asked.
    expect(judgeFile(bytes, '佐证.pdf')).toMatchObject({ kind, refusal: null });
  });
});

describe('what cannot be evidence is refused with the reason, whatever its name and type say', () => {
  test.each<[string, FileKind, Uint8Array, string]>([
    ['a program for Windows', 'program', hex('4d 5a 90 00'), '是程序，不能作为佐证'],
    ['a program for Linux', 'program', hex('7f 45 4c 46'), '是程序'],
    ['a shortcut', 'program', hex('4c000000 01140200 00000000 c000'), '是程序'],
    ['an installer', 'program', compoundOf(['x'], Buffer.from('84100c0000000000c000000000000046', 'hex')), '是程序'],
    ['a Java archive', 'program', zipOf({ 'META-INF/MANIFEST.MF': '', 'A.class': '' }), '是程序'],
    ['a shell script', 'script', bytesOf('#!/bin/sh\nrm -rf x'), '是脚本，不能作为佐证'],
    ['a page', 'webPage', bytesOf('\ufeff <!-- x --><!DOCTYPE html><p>'), '是网页文件，不能作为佐证'],
    ['a table of a page called a workbook', 'webPage', bytesOf('<table><tr><td>1'), '另存为 PDF、Word 或 Excel'],
    ['a page in UTF-16', 'webPage', iconv.encode('<html>', 'utf-16le', { addBOM: true }), '是网页文件'],
    ['a picture that can run scripts', 'webPage', bytesOf('<?xml version="1.0"?>\n<svg xmlns="x">'), '是网页文件'],
    ['a page saved as one file', 'webPage', bytesOf('From: <Saved by Blink>\nContent-Type: multipart/related'), '网页'],
    ['an empty file', 'empty', nothing, '是空文件'],
    ['an archive without files', 'zip', zipOf({}), '是空的压缩包'],
    ['an archive of programs alone', 'zip', zipOf({ 'a.exe': 'x', 'b/c.vbs': 'x' }), '里面只有程序或脚本'],
    ['a cut document of the old kind', 'unknown', compoundOf(['Workbook']).subarray(0, 300), '已损坏，打不开'],
    ['a cut document', 'zip', officeOf('word').subarray(0, 120), '已损坏，打不开'],
    ['an archive that unpacks to too much', 'zip', zipOf({ 'a.txt': '0'.repeat(3_000_000) }), '压缩比异常'],
    [
      'an archive of too many files',
      'zip',
      zipOf(Object.fromEntries(Array.from({ length: 2001 }, (_, n) => [`${String(n)}.jpg`, '']))),
      '2001 个条目',
    ],
  ])('%s', (_, kind, bytes, reason) => {
    const judged = judgeFile(bytes, '佐证.docx');
    expect(judged).toMatchObject({ kind });
    expect(judged.refusal).toContain(reason);
  });

  test.each(['整改.bat', '整改.VBS', '整改.js', '证明.pdf.cmd'])('plain text that a system would run as %s', (name) => {
    expect(judgeFile(bytesOf('echo x'), name)).toMatchObject({
      kind: 'script',
      refusal: expect.stringContaining('脚本') as string,
    });
  });

  test('a picture is a picture, also under the name of a program', () => {
    expect(judgeFile(hex('ff d8 ff e0'), '照片.com')).toEqual({ kind: 'jpeg', concerns: [], refusal: null });
  });
});

describe('what whoever judges it should know is noted, and the file stays evidence', () => {
  const office = (folder: 'word' | 'xl' | 'ppt', more: Parameters<typeof officeOf>[1]) => officeOf(folder, more);
  const word = (...relations: string[]) => office('word', { relations });
  test.each<[string, Concern[], Uint8Array]>([
    ['a document with links', [], word(relation('hyperlink', 'https://example.cn', 'External'))],
    ['a document with its own pictures', [], word(relation('image', 'media/1.png'))],
    [
      'a template fetched elsewhere',
      ['externalReferences'],
      word(relation('attachedTemplate', 'http://x/t.dotm', 'External')),
    ],
    ['a picture fetched elsewhere', ['externalReferences'], word(relation('image', 'http://x/1.png', 'External'))],
    ['a mode in other spelling', ['externalReferences'], word(relation('oleObject', 'file:///x', '&#69;xternal'))],
    [
      'a workbook linked to others',
      ['externalReferences'],
      office('xl', { parts: { 'xl/externalLinks/externalLink1.xml': '<x/>' } }),
    ],
    ['a document with macros', ['macros'], office('word', { parts: { 'word/vbaProject.bin': 'x' } })],
    [
      'macros under another name',
      ['macros'],
      office('xl', { types: '<Override ContentType="application/vnd.ms-office.vbaProject"/>' }),
    ],
    ['controls', ['activeContent'], office('word', { parts: { 'word/activeX/activeX1.xml': 'x' } })],
    ['files inside', ['embeddedFiles'], office('ppt', { parts: { 'ppt/embeddings/oleObject1.bin': 'x' } })],
    [
      'a large part of relations',
      ['notLookedInto'],
      word(relation('image', Array.from({ length: 200_000 }, (_, n) => String(n * 7919)).join(''))),
    ],
    ['a locked document of the new kind', ['encrypted'], compoundOf(['EncryptedPackage', 'EncryptionInfo'])],
    ['a locked Word document', ['encrypted'], compoundOf(['WordDocument'], wordBlock(0x0100))],
    ['a locked workbook', ['encrypted'], compoundOf(['Workbook'], workbook(0x2f))],
    ['an old document with macros', ['macros'], compoundOf(['WordDocument', 'Macros', '_VBA_PROJECT'], wordBlock(0))],
    [
      'an old workbook with a file inside',
      ['embeddedFiles'],
      compoundOf(['Workbook', '\u0001Ole10Native'], workbook(0)),
    ],
    ['a locked archive', ['encrypted'], locked(zipOf({ 'a.jpg': 'x' }))],
    ['an archive with a program beside pictures', ['runnableInside'], zipOf({ 'a.jpg': 'x', 'b.EXE': 'x' })],
    ['an archive in an archive', ['archiveInside'], zipOf({ 'a.jpg': 'x', 'b.rar': 'x' })],
    ['an archive of another make', ['notLookedInto'], hex('52 61 72 21 1a 07 00')],
    ['a locked PDF', ['encrypted'], bytesOf('%PDF-1.7\ntrailer << /Encrypt 5 0 R >>')],
    ['a PDF that runs something', ['activeContent'], bytesOf('%PDF-1.7\n<< /S /JavaScript /JS (x) >>')],
    ['a PDF with files inside', ['embeddedFiles'], bytesOf('%PDF-1.7\n<< /Type /EmbeddedFile >>')],
    ['RTF with a file inside', ['embeddedFiles'], bytesOf('{\\rtf1{\\object{\\*\\objdata 01}}}')],
    ['what nobody can name', ['unknownKind'], hex('01 02 03')],
  ])('%s', (_, concerns, bytes) => {
    expect(judgeFile(bytes, '佐证')).toMatchObject({ concerns, refusal: null });
  });
});

test('names in GBK do not make an archive’s files look alike', () => {
  const archive = Buffer.from(zipOf({ 'AABBCC.jpg': 'x', 'DDEEFF.jpg': 'y' })).toString('latin1');
  const renamed = archive
    .replaceAll('AABBCC', iconv.encode('整改前', 'gbk').toString('latin1'))
    .replaceAll('DDEEFF', iconv.encode('整改后', 'gbk').toString('latin1'));
  expect(judgeFile(Buffer.from(renamed, 'latin1'), '照片.zip')).toEqual({ kind: 'zip', concerns: [], refusal: null });
});

test('no file, however broken, makes the check fail or take long', () => {
  const whole = [
    officeOf('word'),
    officeOf('xl', { relations: [relation('image', 'x', 'External')] }),
    zipOf({ a: 'x' }),
    compoundOf(['Workbook'], workbook(0x2f)),
  ];
  for (const bytes of whole) {
    for (let cut = 0; cut < bytes.length; cut += 7) judgeFile(bytes.subarray(0, cut), 'x.docx');
    for (let bit = 0; bit < bytes.length * 8; bit += 5) {
      const flipped = Uint8Array.from(bytes);
      flipped[bit >> 3]! ^= 1 << (bit & 7);
      judgeFile(flipped, 'x.docx');
    }
  }
  const large = Buffer.alloc(25 * 1024 * 1024, 0x20);
  for (const start of ['d0cf11e0a1b11ae1', '255044462d', '7b5c727466', '504b0304', '3c212d2d', '00'])
    expect(processorMs(() => judgeFile(Buffer.concat([Buffer.from(start, 'hex'), large]), 'x.pdf'))).toBeLessThan(1500);
});
