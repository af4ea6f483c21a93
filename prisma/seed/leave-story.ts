import type { LeaveKind, LeaveState, Party } from '#app/domain/leave/view.ts'

/** A request that is not simply approved: who asks for what, how far it has come, and what was said. */
export type LeavePart = {
  readonly name: string
  readonly kind: LeaveKind
  /** Days from the day the demo is made on; the next working day is taken. */
  readonly in: number
  readonly halves: number
  readonly from: 'am' | 'pm'
  readonly state: LeaveState
  /** The parties that have approved so far, in order. */
  readonly approvedBy?: readonly Party[]
  readonly by?: Party
  readonly note?: string
  readonly reason: string
  readonly standIn?: string
}

/** Requests in every state, so that each approver finds something to decide and each list something to show. */
export const leaveParts: readonly LeavePart[] = [
  {
    name: '李喆',
    kind: 'annual',
    in: 14,
    from: 'pm',
    halves: 9,
    state: 'submitted',
    reason: '回老家陪父母体检，往返两天。',
    standIn: '黄海涛',
  },
  { name: '程锦', kind: 'private', in: 13, from: 'am', halves: 1, state: 'submitted', reason: '孩子学校开家长会。' },
  {
    name: '宋雅琪',
    kind: 'annual',
    in: 20,
    from: 'am',
    halves: 4,
    state: 'submitted',
    approvedBy: ['chief_representative'],
    reason: '年内剩余年休假安排。',
    standIn: '林书瑶',
  },
  {
    name: '何婳',
    kind: 'private',
    in: 15,
    from: 'am',
    halves: 3,
    state: 'submitted',
    approvedBy: ['chief_representative', 'hr'],
    reason: '办理房屋过户。',
  },
  {
    name: '高翔宇',
    kind: 'paternity',
    in: 24,
    from: 'am',
    halves: 30,
    state: 'submitted',
    reason: '妻子预产期临近。',
    standIn: '阿依古丽·买买提',
  },
  { name: '马玉堃', kind: 'private', in: 12, from: 'am', halves: 2, state: 'submitted', reason: '参加亲属婚礼。' },
  {
    name: '单宏志',
    kind: 'sick',
    in: 18,
    from: 'am',
    halves: 8,
    state: 'submitted',
    approvedBy: ['unit_leader'],
    reason: '膝关节手术，医院已预约。',
  },
  { name: '唐慧', kind: 'annual', in: 25, from: 'am', halves: 6, state: 'submitted', reason: '探望父母。' },
  {
    name: '罗晓芬',
    kind: 'annual',
    in: 16,
    from: 'am',
    halves: 6,
    state: 'returned',
    by: 'chief_representative',
    note: '请写明替岗人，三天都要有人。',
    reason: '年休假。',
  },
  {
    name: '周雨桐',
    kind: 'private',
    in: 13,
    from: 'am',
    halves: 4,
    state: 'refused',
    by: 'chief_representative',
    note: '这两天 F03 只有您一人，改到下一周再申请。',
    reason: '外出旅行。',
  },
  { name: '徐赟', kind: 'private', in: 17, from: 'pm', halves: 1, state: 'withdrawn', reason: '事情已经办完。' },
  {
    name: '冯璐',
    kind: 'annual',
    in: 19,
    from: 'am',
    halves: 4,
    state: 'cancelled',
    approvedBy: ['chief_representative', 'unit_leader'],
    reason: '原定出行取消。',
  },
  { name: '曹怡', kind: 'annual', in: 21, from: 'am', halves: 4, state: 'draft', reason: '' },
  {
    name: '沈立群',
    kind: 'annual',
    in: 22,
    from: 'am',
    halves: 6,
    state: 'approved',
    approvedBy: ['chief_representative', 'unit_leader'],
    reason: '年休假。',
  },
]
