import type { Role } from '../workflows/rules/policy.ts';
import { ImportRefused } from './rounds/import-refused.ts';
import { columnOf, readTable, type Table } from './rounds/table-file.ts';

/** Who is responsible for what, as somebody wrote it: names and deadlines are still words. */
export interface AssignRow {
  /** Line of the file; 0 for what was said on the command line. */
  readonly line: number;
  /** Said on the command line: all issues of this body; `issues` is then empty. */
  readonly body?: string | undefined;
  /** Numbers, codes, ranges (`1-5`, `GM-01、GM-03`) or an issue's title; measures (`3.2`); a body's name; `*` for the whole round. */
  readonly issues: string;
  readonly people: { readonly [role in Role]?: string | undefined };
  readonly unit?: string | undefined;
  readonly assistingUnits?: string | undefined;
  /** 整改时限 in words. */
  readonly deadline?: string | undefined;
  /** 重要程度 in words: 重大 or 一般. */
  readonly weight?: string | undefined;
  /** 保密 in words: 是 or 否. */
  readonly secrecy?: string | undefined;
  /** 措施类别 in words; of measures only. */
  readonly measureKind?: string | undefined;
}

/** Spellings of the headings, from the ledgers in the field. */
const spellings = {
  issues: ['编号', '序号', '问题编号', '问题', '反馈问题', '具体问题', '存在问题', '问题清单', 'issue', 'code'],
  handler: ['责任人', '经办人', '具体责任人', '承办人', 'handler'],
  responsibleLeader: ['责任领导', '牵头领导', '分管领导', '包保领导', '包案领导', 'leader'],
  groupHead: ['组长', '整改组长', '领导小组组长', 'grouphead'],
  office: ['督办', '督办办公室', '整改办', '督办人', '办公室', 'office'],
  reviewer: ['巡察办', '派驻纪检组', '审核人', 'reviewer'],
  unit: ['责任部门', '责任科室', '责任股室', '责任处室', '责任单位', '牵头部门', 'unit'],
  assistingUnits: ['配合部门', '参与部门', '协办单位', '配合单位', 'assistingunits'],
  deadline: ['整改时限', '完成时限', '整改期限', '整改完成时限', '目标节点', 'deadline'],
  weight: ['重要程度', '问题程度', '是否重大', '重大问题', 'weight'],
  secrecy: ['保密', '是否保密', '保密问题', 'secrecy'],
  measureKind: ['措施类别', '措施类型', 'kind'],
} as const;

const roles = ['handler', 'responsibleLeader', 'groupHead', 'office', 'reviewer'] as const;

/**
 * Reads from a .csv file who is responsible for which issues; a row whose 编号 is `*` is about the whole round, one with a
 * body's name about all of the body's issues.
 *
 * @throws MisuseError when it is no table
 * @throws ImportRefused when columns are missing
 */
export function readAssignments(bytes: Uint8Array, fileName: string): AssignRow[] {
  const table = readTable(bytes, fileName);
  const columns = columnsOf(table);
  if (columns.issues === undefined) {
    throw new ImportRefused(fileName, [{ line: 1, message: '表头缺少“编号”（或“问题”）一列' }]);
  }
  if (Object.values(columns).filter((column) => column !== undefined).length === 1) {
    throw new ImportRefused(fileName, [{ line: 1, message: '表头没有“责任人”“责任领导”“责任部门”等任何一列' }]);
  }
  if (table.rows.length === 0) throw new ImportRefused(fileName, [{ line: 1, message: '只有表头，没有内容' }]);
  return table.rows.map(({ line, cells }) => {
    const cell = (column: string | undefined) => (column === undefined ? '' : (cells[column] ?? ''));
    const said = <Field extends string>(field: Field, words: string) => (words === '' ? {} : { [field]: words });
    return {
      line,
      issues: cell(columns.issues),
      people: Object.assign({}, ...roles.map((role) => said(role, cell(columns[role])))) as AssignRow['people'],
      ...said('unit', cell(columns.unit)),
      ...said('assistingUnits', cell(columns.assistingUnits)),
      ...said('deadline', cell(columns.deadline)),
      ...said('weight', cell(columns.weight)),
      ...said('secrecy', cell(columns.secrecy)),
      ...said('measureKind', cell(columns.measureKind)),
    };
  });
}

function columnsOf(table: Table): Record<keyof typeof spellings, string | undefined> {
  const entries = Object.entries(spellings).map(([field, names]) => [field, columnOf(table, names)] as const);
  return Object.fromEntries(entries) as Record<keyof typeof spellings, string | undefined>;
}
