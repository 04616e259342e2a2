/** What practice people write. Each list is chosen from by chance; none names a person. */

export const acknowledgements = ['收到', '确认', '收到，我们马上研究落实。', '确认。已报分管领导，抓紧办理。'] as const;

export const progresses = [
  '已召开专题会议研究，责任分工已经明确，正按方案推进。',
  '正在逐项对照整改，过半任务已经落实，其余部分下周抓紧推进。',
  '制度初稿已经形成，正在征求相关科室意见。',
  '自查已经结束，查出的问题正在逐一核实，相关人员已谈话提醒。',
  '整改措施正在落实，因需协调其他部门，进度稍慢，能够按期完成。',
  '已到现场核查两次，台账资料正在补充完善。',
] as const;

export const attestations = [
  '本季度继续按制度执行，抽查情况正常，未发现反弹。',
  '长效机制运行正常，已按月开展检查，记录齐全。',
  '已组织一次回访，措施保持有效，将继续坚持。',
] as const;

/** What stands after `GM-07 措施2`: some say that it is done, some only send the file. */
export const deliveries = ['已完成，佐证见附件', '佐证材料见附件，请查收。', '已按方案落实，佐证材料附后。'] as const;

export const returnReasons = [
  '佐证材料只有会议纪要，缺少落实结果的证明，请补充后再报。',
  '材料未见责任领导签字，且完成时间与台账不一致，请核对补正。',
  '制度已修订，但没有印发文件和执行记录，请补充。',
  '整改情况说明过于笼统，请逐条对应措施说明，并附现场照片或台账。',
] as const;

export const talkReasons = {
  accepted: ['逾期较长且未说明原因，同意约谈。', '多次催办未见材料，由分管领导约谈责任科室负责人。'],
  declined: ['经了解材料已在收集，本次不约谈，限期报送。', '该项涉及多部门协调，责任科室已书面说明，暂不约谈。'],
} as const;

export const findings = {
  held: [
    '查阅台账并现场抽查，整改措施保持有效，未发现反弹。',
    '随机访谈和资料核查情况一致，制度执行到位，成果得到巩固。',
  ],
  rebound: [
    '现场抽查发现同类问题再次出现，制度执行不到位，需重新整改。',
    '抽查近三个月资料，整改后仍有新增同类情形，认定为反弹。',
  ],
} as const;

export const evidenceBodies = [
  '一、完成情况：已按措施要求全部落实。\r\n二、主要做法：召开会议部署、明确责任分工、逐项核对销账。\r\n三、结果：问题已整改到位，相关制度已印发执行。',
  '一、落实过程：成立工作专班，逐条对照反馈意见开展整改。\r\n二、证明材料：会议纪要、通知文件、检查记录。\r\n三、下一步：坚持每月检查一次，防止反弹。',
] as const;
