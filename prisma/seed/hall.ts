/** The hall of the demo centre: zones, windows, dispatching units. Nothing here is a real place. */
export const centreNames = {
  name: '云溪市政务服务中心',
  nameEn: 'Yunxi Government Service Centre',
  zone: 'Asia/Shanghai',
}

export const zones = [
  { code: 'A', name: '企业开办', nameEn: 'Start-up' },
  { code: 'B', name: '工程建设', nameEn: 'Construction' },
  { code: 'C', name: '社会保障', nameEn: 'Social sec.' },
  { code: 'D', name: '不动产税务', nameEn: 'Property, tax' },
  { code: 'E', name: '公安出入境', nameEn: 'Police, exit' },
  { code: 'F', name: '综合受理', nameEn: 'General' },
] as const

export type UnitKey = keyof typeof units

export const units = {
  market: { name: '云溪市市场监督管理局', nameEn: 'Market Regulation Bureau', shortName: '市场监管局' },
  planning: {
    name: '云溪市自然资源和规划局',
    nameEn: 'Natural Resources and Planning Bureau',
    shortName: '自然资源局',
  },
  housing: { name: '云溪市住房和城乡建设局', nameEn: 'Housing and Construction Bureau', shortName: '住建局' },
  ecology: { name: '云溪市生态环境局', nameEn: 'Ecology and Environment Bureau', shortName: '生态环境局' },
  labour: {
    name: '云溪市人力资源和社会保障局',
    nameEn: 'Human Resources and Social Security Bureau',
    shortName: '人社局',
  },
  medical: { name: '云溪市医疗保障局', nameEn: 'Healthcare Security Bureau', shortName: '医保局' },
  fund: { name: '云溪市住房公积金管理中心', nameEn: 'Housing Provident Fund Centre', shortName: '公积金中心' },
  tax: { name: '云溪市税务局', nameEn: 'Tax Bureau', shortName: '税务局' },
  police: { name: '云溪市公安局', nameEn: 'Public Security Bureau', shortName: '公安局' },
  services: { name: '云溪市政务服务管理局', nameEn: 'Government Services Bureau', shortName: '政务服务局' },
  seals: { name: '云溪信达印章有限公司', nameEn: 'Yunxi Xinda Seals Ltd', shortName: '信达印章' },
  transport: { name: '云溪市交通运输局', nameEn: 'Transport Bureau', shortName: '交通局' },
  water: { name: '云溪市水利局', nameEn: 'Water Resources Bureau', shortName: '水利局' },
  agriculture: { name: '云溪市农业农村局', nameEn: 'Agriculture and Rural Affairs Bureau', shortName: '农业农村局' },
  health: { name: '云溪市卫生健康委员会', nameEn: 'Health Commission', shortName: '卫健委' },
  education: { name: '云溪市教育局', nameEn: 'Education Bureau', shortName: '教育局' },
  civil: { name: '云溪市民政局', nameEn: 'Civil Affairs Bureau', shortName: '民政局' },
  utilities: { name: '云溪市政水电气服务公司', nameEn: 'Yunxi Utilities Company', shortName: '水电气公司' },
} as const

/** Number, Chinese name, English name; the first letter of the number is the zone. */
export const windows: readonly (readonly [string, string, string])[] = [
  ['A01', '名称登记', 'Name reg.'],
  ['A02', '设立登记', 'Registration'],
  ['A03', '企业开办', 'Start-up'],
  ['A04', '变更注销', 'Change, close'],
  ['A05', '印章刻制', 'Seals'],
  ['A06', '食品许可', 'Food permit'],
  ['B01', '用地规划', 'Land planning'],
  ['B02', '施工许可', 'Build permit'],
  ['B03', '竣工验收', 'Completion'],
  ['B04', '环评审批', 'Environment'],
  ['B05', '联合审图', 'Plan review'],
  ['B06', '市政接入', 'Utilities'],
  ['C01', '社保参保', 'Enrolment'],
  ['C02', '养老待遇', 'Pensions'],
  ['C03', '工伤认定', 'Work injury'],
  ['C04', '失业保险', 'Unemployment'],
  ['C05', '医保结算', 'Medical'],
  ['C06', '公积金', 'Housing fund'],
  ['D01', '不动产', 'Real estate'],
  ['D02', '抵押登记', 'Mortgage'],
  ['D03', '查询窗口', 'Enquiries'],
  ['D04', '不动产登记', 'Real estate reg.'],
  ['D05', '发票税票', 'Invoices'],
  ['D06', '契税申报', 'Deed tax'],
  ['E01', '出入境', 'Exit-entry'],
  ['E02', '户政', 'Household'],
  ['E03', '车驾管', 'Vehicles'],
  ['E04', '身份证', 'ID card'],
  ['E05', '居住证', 'Residence'],
  ['E06', '边境证', 'Border pass'],
  ['F01', '综合受理', 'General desk'],
  ['F02', '综合受理', 'General desk'],
  ['F03', '综合受理', 'General desk'],
  ['F04', '跨省通办', 'Cross-province'],
  ['F05', '帮办代办', 'Assistance'],
  ['F06', '办不成事', 'Unresolved'],
]

/** Windows that share a minimum staff on every half-day 最低人数. */
export const windowGroups = [
  { name: '不动产综合', nameEn: 'Real estate desk', minStaff: 2, windows: ['D01', 'D04'] },
  { name: '跨省通办', nameEn: 'Cross-province desk', minStaff: 2, windows: ['F04'] },
  { name: '企业开办专区', nameEn: 'Start-up area', minStaff: 4, windows: ['A01', 'A02', 'A03', 'A04', 'A05', 'A06'] },
  { name: '综合受理', nameEn: 'General desks', minStaff: 2, windows: ['F01', 'F02', 'F03'] },
  { name: '出入境户政', nameEn: 'Exit-entry and household', minStaff: 1, windows: ['E01', 'E02'] },
] as const

/** The two emulated readers: one behind each kind of link and dialect the driver speaks. */
export const readers = [
  {
    serial: '6231-0184',
    name: '1号机',
    nameEn: 'Reader 1',
    place: '东门大厅',
    placeEn: 'East hall',
    link: 'raw64',
    dialect: 'syno',
    capacity: 300,
  },
  {
    serial: '6231-0185',
    name: '2号机',
    nameEn: 'Reader 2',
    place: '西门大厅',
    placeEn: 'West hall',
    link: 'cp2110',
    dialect: 'grow',
    capacity: 200,
  },
] as const
