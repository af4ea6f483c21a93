/** The columns a pasted table 人员表 may have, with the words that head them; the first word heads the template. */
export const pasteColumns = {
  staffNumber: ['工号', '编号', '工作证号', 'staff number'],
  name: ['姓名', '名字', 'name'],
  identityKind: ['人员身份', '身份', '编制', '身份类别', '人员类别', 'identity kind'],
  unit: ['派出单位', '单位', '部门', '原单位', 'dispatching unit', 'unit'],
  startsOn: ['进驻日期', '进驻', '进驻时间', '派驻日期', 'first day', 'starts'],
  dueOn: ['到期日', '到期', '期限', 'term ends'],
  documentNumber: ['派出文号', '文号', 'document number'],
  window: ['窗口号', '窗口', 'window'],
  post: ['岗位', '岗', 'post'],
  phone: ['手机', '电话', '联系电话', '手机号', '手机号码', 'telephone', 'phone'],
  idNumber: ['证件号码', '身份证号', '身份证', '身份证号码', 'identity number'],
  gender: ['性别', 'gender'],
  bornMonth: ['出生年月', '出生', 'born'],
  politicalStatus: ['政治面貌', 'political status'],
  education: ['学历', '学历学位', '文化程度', 'education'],
  workSince: ['参加工作时间', '参加工作', 'work since'],
  title: ['单位及职务职级', '职务', '职务职级', 'title'],
  rankSince: ['任现职时间', '任职时间', 'rank since'],
  duties: ['从事或分管工作', '分管工作', '工作内容', 'duties'],
  reading: ['拼音', '读音', 'reading', 'pinyin'],
  nameEn: ['英文姓名', 'english name'],
} as const satisfies Readonly<Record<string, readonly string[]>>

export const pasteLimit = 500
