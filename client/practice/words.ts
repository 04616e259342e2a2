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

export const evidenceReturns = {
  accepted: ['材料与措施相符，予以认可。', '补交材料齐全，予以认可。'],
  returned: ['缺少落实结果的证明，请补充后再报。', '材料与措施内容对不上，请核对。'],
} as const;

export const extensionReasons = [
  '招标流标，须重新组织采购',
  '涉及多个部门会签，批复尚未下达',
  '施工受天气影响，工序须顺序推进',
  '制度修订须征求意见并经集体研究',
] as const;

export const extensionProgress = [
  '方案和预算已经批复，其余工序正在推进',
  '初稿已经形成，正在征求意见',
  '主体部分已经落实，尚有两项收尾',
] as const;

export const extensionDecisions = {
  granted: ['情况属实，同意延期，请倒排工期。', '理由充分，同意延期，不再二次延期。'],
  refused: ['理由不充分，且前期推进不力，不同意延期。', '该项具备按期完成条件，不同意延期。'],
} as const;

/** Behind the day that is promised. */
export const promises = ['前完成并报送佐证材料。', '前报送佐证材料。', '前完成整改，佐证材料一并报送。'] as const;

export const disputes = [
  '经查阅档案，反映的情况发生在本届班子任期以前，已有处理结论。',
  '经核对原始凭证，与反馈的数额不一致。',
] as const;

export const disputeFindings = [
  '经调阅巡察底稿和原始凭证，反馈问题属实，请继续整改。',
  '所提材料不足以否定反馈意见，问题成立，请继续整改。',
] as const;

export const suspensionReasons = ['须待主管机关研究确定后方可推进，在此期间中止计时。'] as const;

export const resumptionReasons = ['主管机关已有明确意见，恢复整改。'] as const;

export const suspensionFindings = [
  '已向主管机关了解，事项仍在研究，尚无结论。',
  '已去函催询，答复列入近期会议研究。',
] as const;

export const itemReports = [
  '本月对台账条目逐项核查，已治理的拍照留存，其余按计划整治。',
  '本月开展现场整治2次，责任到人，治理情况已登记。',
] as const;

export const recheckFindings = {
  allLeave: ['现场逐项复核，整治到位，同意出库。', '查阅照片并抽查现场，符合出库标准，同意出库。'],
  oneGoesBack: ['现场复核，有一项出现回潮，退回继续整治，其余同意出库。', '有一项整治不彻底，退回，其余同意出库。'],
} as const;

export const endorsements = ['确认', '同意', '确认。请继续坚持。'] as const;

export const statusAnswers = [
  '已完成排查，正在逐项整改，预计能够按期办结。',
  '主要措施已经落实，正在收集佐证材料。',
] as const;

export const batchAnswers = [
  '已按督办要求逐项落实，办理结果已形成书面报告。',
  '督办事项已研究部署，责任已经明确，正在按时限办理。',
] as const;

export const weeklyChecks = [
  '已对照台账逐项检查，未按期的已电话督促，其余正常推进。',
  '已听取各责任部门汇报，对进度滞后的提出整改要求。',
] as const;

export const periodicReports = ['本期事项已按要求办理，情况登记在台账。', '本期已开展一次检查，未发现异常。'] as const;

export const plans = ['整改方案已经集体研究形成，三张清单附后，请审定。'] as const;

export const planReasons = {
  approved: ['方案措施具体、责任明确，同意实施。', '经集体研究，同意。'],
  returned: ['部分措施过于笼统，责任人和时限不明确，请修改后再报。'],
} as const;

export const progressReports = ['集中整改进展情况报告已经集体研究，现予报送。'] as const;

export const commentAnswers = ['已核实并督促责任部门整改，感谢监督。'] as const;
