import type { FormTemplate } from '#app/domain/assessment/form-template.ts'

/** 事业单位工作人员年度考核登记表, the same two sides; the boxes and their order from domain.md §2.8, the heights ours. */
export const institutionRegister: FormTemplate = {
  kind: 'form_template',
  id: 'institution_register',
  name: '事业单位工作人员年度考核登记表',
  version: '2023-1',
  page: {
    width_mm: 210,
    height_mm: 297,
    margin_mm: { top: 19, right: 20, bottom: 14, left: 22 },
    next_top_mm: 22,
    foot_mm: 9,
  },
  title: { text: '事业单位工作人员年度考核登记表', size_pt: 22, bold: true, height_mm: 10.5 },
  year_line: { text: '（ {year} 年度）', size_pt: 14, height_mm: 13.5 },
  columns: [15, 15, 15, 15, 15, 25],
  rows: [
    {
      height_mm: 10.5,
      cells: [
        { span: 1, style: 'label', label: '姓　名' },
        { span: 1, style: 'value', field: 'name' },
        { span: 1, style: 'label', label: '性　别' },
        { span: 1, style: 'value', field: 'gender' },
        { span: 1, style: 'label', label: '出生年月' },
        { span: 1, style: 'value', field: 'born_month' },
      ],
    },
    {
      height_mm: 13.5,
      cells: [
        { span: 1, style: 'label', label: '政治面貌' },
        { span: 1, style: 'value', field: 'political_status' },
        { span: 1, style: 'label', label: '学　历\n（学位）' },
        { span: 1, style: 'value', field: 'education' },
        { span: 1, style: 'label', label: '参加工作\n时间' },
        { span: 1, style: 'value', field: 'work_since' },
      ],
    },
    {
      height_mm: 13.5,
      cells: [
        { span: 1, style: 'label', label: '现工作单位\n及部门' },
        { span: 5, style: 'value', field: 'department' },
      ],
    },
    {
      height_mm: 13.5,
      cells: [
        { span: 1, style: 'label', label: '岗位类别\n及等级' },
        {
          span: 3,
          style: 'boxes',
          field: 'post_category',
          choices: [
            { value: 'management', label: '管理' },
            { value: 'technical', label: '专技' },
            { value: 'worker', label: '工勤' },
          ],
          with_field: 'post_grade',
        },
        { span: 1, style: 'label', label: '聘任时间' },
        { span: 1, style: 'value', field: 'appointed_since' },
      ],
    },
    {
      height_mm: 13.5,
      cells: [
        { span: 1, style: 'label', label: '从事或\n分管工作' },
        { span: 5, style: 'value', field: 'duties' },
      ],
    },
    {
      height_mm: 132,
      cells: [
        { span: 1, style: 'label_vertical', label: '个人总结' },
        { span: 5, style: 'text', field: 'summary', grow: true, sign: '签名' },
      ],
    },
    {
      height_mm: 10.5,
      cells: [
        { span: 1, style: 'label', label: '出勤情况' },
        { span: 5, style: 'value', field: 'attendance' },
      ],
    },
    {
      height_mm: 13.5,
      cells: [
        { span: 1, style: 'label', label: '平时考核\n结果' },
        { span: 5, style: 'value', field: 'regular_grades' },
      ],
    },
    {
      height_mm: 54,
      starts_page: true,
      cells: [
        { span: 1, style: 'label', label: '主管领导\n评语和考\n核档次建\n议' },
        { span: 5, style: 'blank', sign: '签名' },
      ],
    },
    {
      height_mm: 56,
      cells: [
        { span: 1, style: 'label', label: '考核委员\n会（考核\n工作领导\n小组）或\n单位负责\n人意见' },
        { span: 5, style: 'blank', sign: '盖章', seal: true },
      ],
    },
    {
      height_mm: 40,
      cells: [
        { span: 1, style: 'label', label: '本人意见' },
        { span: 5, style: 'blank', sign: '签名' },
      ],
    },
    {
      height_mm: 42,
      cells: [
        { span: 1, style: 'label', label: '未确定档\n次或不参\n加考核情\n况说明' },
        { span: 5, style: 'blank', sign: '盖章', seal: true },
      ],
    },
    {
      height_mm: 32,
      cells: [
        { span: 1, style: 'label', label: '备　注' },
        { span: 5, style: 'value_left', field: 'remarks', grow: true },
      ],
    },
  ],
  continuation: { title: '续页', mark: '续', see: '（见续页）' },
}
