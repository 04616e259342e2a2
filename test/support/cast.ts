/** The people of the tests, each a permission. */
export const cast = {
  /** 陈 reports for the unit. */
  chen: 'p-chen',
  /** 李 leads. */
  li: 'p-li',
  /** 王 approves. */
  wang: 'p-wang',
  /** 钱 approves as well. */
  qian: 'p-qian',
  /** 赵 looks back. */
  zhao: 'p-zhao',
  /** 周 is an outsider. */
  zhou: 'p-zhou',
} as const;
