const words = {
  approved: '已同意销号，责任人会收到邮件告知。',
  levelApproved: '已同意，转下一级审核；各级都同意以后，责任人会收到邮件告知。',
  returned: '已退回，责任人会收到邮件告知理由。',
  decided: '决定已登记。',
  restricted: '已设为保密：只有督办办公室和邮件发得到的人看得到，邮件不写内容。',
  lifted: '已解除保密。',
  asked: '已问责任人，按期答复；答复前先催他，不另打扰您。',
  endorsed: '已复核长期坚持情况。',
  partlyHeld: '已登记：部分巩固，到时再看一次。',
  drawn: '已抽取并留底，抽中的、未抽中的都已告知。',
  drawnInPart: '已抽取并留底；有几项没能告知，再按一次“接着办完”。',
  commentEntered: '意见已登记，到期前提醒答复。',
  commentAnswered: '答复已登记。',
  archived: '已登记：没有反弹，归档。',
  rebounded: '已登记：反弹，重新整改；责任人会收到邮件告知。',
  launched: '已交办。从现在起逐项跟踪，交办通知按发信时间发出。',
  launchedNow: '已交办。从现在起逐项跟踪，交办通知正在发出。',
  created: '筹备稿已建成，一封信也没有发。核对问题以后，接着定人员和分工。',
  people: '人员已导入。',
  assigned: '分工已导入。',
  person: '已加入通讯录。',
  saved: '已保存。',
  unchanged: '没有改动，什么都没有写入。',
  policyChosen: '政策已选定。看看照它会发多少信。',
  policySaved: '已存为新的一版，还没有采用。下面是采用会动什么。',
  policyAdopted: '已采用，从现在起按这一版催。',
  discarded: '筹备稿已撤销，一封信也没有发过。',
  replied: '回信已送到，下面是系统怎么读的。',
  accepted: '已采纳，下面是系统怎么读的；本人会收到回执。',
  setAside: '已定为不予采纳，原信留存。',
  delivered: '已登记送达，所列事项从此算已告知。',
  signedOut: '已退出登录。',
  signedOutThere: '已退出。',
  secondStepOn: '已启用动态口令，下次登录起要填写。',
  secondStepOff: '已停用动态口令。',
  passwordChanged: '密码已修改，其他地方都已退出。',
  passkeyAdded: '通行密钥已添加，下次可以用它登录。',
  passkeyRemoved: '通行密钥已去掉，不能再用它登录。',
  tokenRevoked: '令牌已作废，用它的程序从现在起进不来。',
  accountClosed: '账户已停用，已登录的地方都已退出。',
  started: '演练开始了，头一批信几秒钟就到。',
} as const;

/** What has just been done, as the address after a form says it. */
export type Done = keyof typeof words;

/** The sentence for it; what is no word of ours says nothing. */
export function doneWords(done: string | undefined): string | undefined {
  return done !== undefined && done in words ? words[done as Done] : undefined;
}
