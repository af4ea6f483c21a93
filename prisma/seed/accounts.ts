import type { Role } from '#app/domain/access/roles.ts'
import type { UnitKey } from './hall.ts'

/** Staff with more than the staff role. */
export const staffRoles: Readonly<Record<string, readonly Role[]>> = {
  张伟: ['chief_representative', 'staff'],
  梁志强: ['chief_representative', 'staff'],
  陆𬭎: ['chief_representative', 'staff'],
  赵䶮: ['chief_representative', 'staff'],
  萧翊: ['chief_representative', 'staff'],
  马玉堃: ['chief_representative', 'staff'],
  阿依古丽·买买提: ['chief_representative', 'staff'],
  单宏志: ['chief_representative', 'staff'],
  刘洋: ['duty_officer', 'staff'],
  陶然: ['duty_officer', 'staff'],
  贺敏之: ['inspector', 'staff'],
  吴建国: ['guide', 'staff'],
  方小满: ['guide', 'staff'],
  唐慧: ['hr', 'staff'],
  翟文涛: ['hr', 'staff'],
  王岱岳: ['leader'],
  秦岚: ['committee', 'staff'],
  魏琳: ['branch_secretary', 'staff'],
  段欣怡: ['league_secretary', 'staff'],
  郭立凡: ['system_administrator'],
  罗志远: ['security_administrator'],
  沈静: ['audit_administrator'],
}

export type Outsider = {
  readonly signIn: string
  readonly name: string
  readonly role: Role
  readonly unit: UnitKey | null
  /** Days from today until the grant ends; null while open. */
  readonly endsIn: number | null
}

/** Accounts of people who are not staff of the hall: the unit's side, the outside auditor, the city. */
export const outsiders: readonly Outsider[] = [
  { signIn: '70101', name: '周敏', role: 'unit_contact', unit: 'market', endsIn: null },
  { signIn: '70102', name: '何思远', role: 'unit_leader', unit: 'market', endsIn: null },
  { signIn: '70103', name: '白露', role: 'unit_administrator', unit: 'market', endsIn: null },
  { signIn: '70202', name: '梁思敏', role: 'unit_leader', unit: 'planning', endsIn: null },
  { signIn: '70302', name: '唐国强', role: 'unit_leader', unit: 'housing', endsIn: null },
  { signIn: '70402', name: '邵雨薇', role: 'unit_leader', unit: 'ecology', endsIn: null },
  { signIn: '70502', name: '冯建业', role: 'unit_leader', unit: 'labour', endsIn: null },
  { signIn: '70602', name: '任晓东', role: 'unit_leader', unit: 'medical', endsIn: null },
  { signIn: '70702', name: '许兰', role: 'unit_leader', unit: 'fund', endsIn: null },
  { signIn: '70802', name: '谢长河', role: 'unit_leader', unit: 'tax', endsIn: null },
  { signIn: '70902', name: '马骁', role: 'unit_leader', unit: 'police', endsIn: null },
  { signIn: '71002', name: '柯明', role: 'unit_leader', unit: 'services', endsIn: null },
  { signIn: '71102', name: '丁一凡', role: 'unit_leader', unit: 'seals', endsIn: null },
  { signIn: '71202', name: '罗振', role: 'unit_leader', unit: 'transport', endsIn: null },
  { signIn: '71302', name: '江涛声', role: 'unit_leader', unit: 'water', endsIn: null },
  { signIn: '71402', name: '黎满仓', role: 'unit_leader', unit: 'agriculture', endsIn: null },
  { signIn: '71502', name: '田苗', role: 'unit_leader', unit: 'health', endsIn: null },
  { signIn: '71602', name: '孟繁书', role: 'unit_leader', unit: 'education', endsIn: null },
  { signIn: '71702', name: '卢曼', role: 'unit_leader', unit: 'civil', endsIn: null },
  { signIn: '71802', name: '曹立新', role: 'unit_leader', unit: 'utilities', endsIn: null },
  { signIn: '80101', name: '顾清扬', role: 'external_auditor', unit: null, endsIn: 30 },
  { signIn: '90101', name: '莫晚舟', role: 'city_operator', unit: null, endsIn: null },
]

/** One person per role, for the list that the demo prints at its start. */
export const oneOfEach: readonly (readonly [Role, string])[] = [
  ['staff', '王㛃'],
  ['chief_representative', '张伟'],
  ['duty_officer', '刘洋'],
  ['inspector', '贺敏之'],
  ['guide', '吴建国'],
  ['hr', '唐慧'],
  ['leader', '王岱岳'],
  ['committee', '秦岚'],
  ['unit_contact', '周敏'],
  ['unit_leader', '何思远'],
  ['unit_administrator', '白露'],
  ['branch_secretary', '魏琳'],
  ['league_secretary', '段欣怡'],
  ['system_administrator', '郭立凡'],
  ['security_administrator', '罗志远'],
  ['audit_administrator', '沈静'],
  ['external_auditor', '顾清扬'],
  ['city_operator', '莫晚舟'],
]
