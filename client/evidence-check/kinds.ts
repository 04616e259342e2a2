interface KindFacts {
  /** As people call it. */
  readonly name: string;
  /** Undefined where the content does not tell it. */
  readonly mediaType?: string;
  /** Endings of file names, in lower case, under which it is usual. */
  readonly extensions: readonly string[];
}

const words = ['doc', 'docx', 'docm', 'dot', 'dotx', 'wps', 'rtf'];
const sheets = ['xls', 'xlsx', 'xlsm', 'xlt', 'xltx', 'et'];
const slides = ['ppt', 'pptx', 'pptm', 'pps', 'ppsx', 'dps'];
const openXml = 'application/vnd.openxmlformats-officedocument';

/** The kinds of file that are told apart, by their content. */
const facts = {
  pdf: { name: 'PDF', mediaType: 'application/pdf', extensions: ['pdf'] },
  ofd: { name: 'OFD 文件', mediaType: 'application/ofd', extensions: ['ofd'] },
  docx: { name: 'Word 文档', mediaType: `${openXml}.wordprocessingml.document`, extensions: words },
  xlsx: { name: 'Excel 工作簿', mediaType: `${openXml}.spreadsheetml.sheet`, extensions: sheets },
  pptx: { name: '演示文稿', mediaType: `${openXml}.presentationml.presentation`, extensions: slides },
  doc: { name: 'Word 文档', mediaType: 'application/msword', extensions: words },
  xls: { name: 'Excel 工作簿', mediaType: 'application/vnd.ms-excel', extensions: sheets },
  ppt: { name: '演示文稿', mediaType: 'application/vnd.ms-powerpoint', extensions: slides },
  lockedOffice: { name: '加密的 Office 文件', extensions: [...words, ...sheets, ...slides] },
  openDocument: { name: 'ODF 文档', extensions: ['odt', 'ods', 'odp', 'odg'] },
  rtf: { name: 'RTF 文档', mediaType: 'application/rtf', extensions: words },
  outlookMail: { name: 'Outlook 邮件', mediaType: 'application/vnd.ms-outlook', extensions: ['msg'] },
  jpeg: { name: 'JPEG 图片', mediaType: 'image/jpeg', extensions: ['jpg', 'jpeg', 'jpe', 'jfif'] },
  png: { name: 'PNG 图片', mediaType: 'image/png', extensions: ['png'] },
  gif: { name: 'GIF 图片', mediaType: 'image/gif', extensions: ['gif'] },
  bmp: { name: 'BMP 图片', mediaType: 'image/bmp', extensions: ['bmp', 'dib'] },
  webp: { name: 'WebP 图片', mediaType: 'image/webp', extensions: ['webp'] },
  tiff: { name: 'TIFF 图片', mediaType: 'image/tiff', extensions: ['tif', 'tiff'] },
  heic: { name: 'HEIC 图片', mediaType: 'image/heic', extensions: ['heic', 'heif', 'hif'] },
  sound: { name: '录音', extensions: ['mp3', 'wav', 'amr', 'ogg', 'm4a', 'aac', 'wma', 'flac'] },
  film: { name: '视频', extensions: ['mp4', 'mov', 'm4v', '3gp', 'avi', 'mkv', 'webm', 'wmv', 'flv', 'mpg', 'mpeg'] },
  text: { name: '纯文本', extensions: ['txt', 'csv', 'md', 'log', 'json', 'xml', 'eml', 'ics', 'vcf'] },
  zip: { name: '压缩包（zip）', mediaType: 'application/zip', extensions: ['zip'] },
  rar: { name: '压缩包（rar）', mediaType: 'application/vnd.rar', extensions: ['rar'] },
  sevenZip: { name: '压缩包（7z）', mediaType: 'application/x-7z-compressed', extensions: ['7z'] },
  otherArchive: { name: '压缩包', extensions: ['gz', 'tgz', 'bz2', 'xz', 'tar', 'cab'] },
  unknown: { name: '认不出的文件', extensions: [] },
  empty: { name: '空文件', extensions: [] },
  program: { name: '程序', extensions: ['exe', 'dll', 'com', 'scr', 'msi', 'jar', 'apk', 'lnk'] },
  script: { name: '脚本', extensions: ['bat', 'cmd', 'ps1', 'vbs', 'js', 'hta', 'sh', 'py', 'php'] },
  webPage: { name: '网页文件', mediaType: 'text/html', extensions: ['htm', 'html', 'xhtml', 'mht', 'mhtml', 'svg'] },
} as const satisfies Record<string, KindFacts>;

export type FileKind = keyof typeof facts;

export const kindFacts: Readonly<Record<FileKind, KindFacts>> = facts;

const knownExtensions = new Set(Object.values(kindFacts).flatMap(({ extensions }) => extensions));
const runnable = new Set(
  `exe com scr pif bat cmd ps1 psm1 vbs vbe js jse mjs wsf wsh hta cpl msi msp dll sys lnk url reg inf jar apk sh py pl php chm`.split(
    ' ',
  ),
);
const archives = new Set<string>(['zip', 'rar', '7z', ...facts.otherArchive.extensions]);

/** What stands behind a name's last dot, in lower case; empty when there is none. */
export function extensionOf(fileName: string): string {
  return /\.([a-z0-9]{1,6})\s*$/i.exec(fileName)?.[1]?.toLowerCase() ?? '';
}

/** Whether a system would run a file of this name when it is opened. */
export function isRunnableName(fileName: string): boolean {
  return runnable.has(extensionOf(fileName));
}

export function isArchiveName(fileName: string): boolean {
  return archives.has(extensionOf(fileName));
}

/** Whether the name says another kind than the content; a name whose ending says nothing does not. */
export function isMisnamed(kind: FileKind, fileName: string): boolean {
  const extension = extensionOf(fileName);
  return kind !== 'unknown' && knownExtensions.has(extension) && !kindFacts[kind].extensions.includes(extension);
}
