/** A notice of so many issues with two measures each, for the benchmarks to import. */
export function noticeOf(issues: number): Uint8Array {
  const issue = (_: unknown, index: number): string =>
    `${String(index + 1)}.关于第${String(index + 1)}项制度落实不到位的问题。一是修订第${String(index + 1)}项管理办法，明确责任和时限。二是开展自查，逐项整改。`;
  const paragraphs = [
    '中共甲市乙局党组关于巡察整改进展情况的通报',
    '根据市委统一部署，2023年5月8日至7月21日，市委第二巡察组对乙局党组开展了巡察。2023年9月15日，市委第二巡察组向乙局党组反馈了巡察意见。现将巡察整改进展情况予以公布。',
    '一、集中整改期内已完成的整改事项',
    '（一）聚焦制度执行方面',
    ...Array.from({ length: issues }, issue),
    '中共甲市乙局党组',
    '2024年3月29日',
  ];
  return new TextEncoder().encode(`${paragraphs.join('\n\n')}\n`);
}
