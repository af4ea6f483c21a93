import type { FormTemplate } from '#app/domain/assessment/form-template.ts'

/** 公务员年度考核登记表, two sides of one A4 sheet; the boxes and their order from domain.md §2.7, the heights ours. */
export const civilServantRegister: FormTemplate = {
  kind: 'form_template',
  id: 'civil_servant_register',
  name: '公务员年度考核登记表',
  version: '2020-1',
  page: {
    width_mm: 210,
    height_mm: 297,
    margin_mm: { top: 19, right: 20, bottom: 14, left: 22 },
    next_top_mm: 22,
    foot_mm: 9,
  },
  title: { text: '公务员年度考核登记表', size_pt: 22, bold: true, tracking_em: 0.06, height_mm: 10.5 },
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
        { span: 1, style: 'label', label: '任现职\n（职级）时间' },
        { span: 3, style: 'value', field: 'rank_since' },
      ],
    },
    {
      height_mm: 13.5,
      cells: [
        { span: 1, style: 'label', label: '单位及\n职务职级' },
        { span: 5, style: 'value', field: 'title' },
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
      height_mm: 180,
      cells: [
        { span: 1, style: 'label_vertical', label: '个人总结' },
        { span: 5, style: 'text', field: 'summary', grow: true, sign: '签名' },
      ],
    },
    {
      height_mm: 30,
      starts_page: true,
      cells: [
        { span: 1, style: 'label', label: '参加脱产\n培训情况' },
        { span: 5, style: 'value_left', field: 'training', grow: true },
      ],
    },
    {
      height_mm: 58,
      cells: [
        { span: 1, style: 'label', label: '主管领导\n评语和考\n核等次建\n议' },
        { span: 5, style: 'blank', sign: '签名' },
      ],
    },
    {
      height_mm: 56,
      cells: [
        { span: 1, style: 'label', label: '机关负责\n人或考核\n委员会意\n见' },
        { span: 5, style: 'blank', sign: '盖章或签名', seal: true },
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
      height_mm: 48,
      cells: [
        { span: 1, style: 'label', label: '未确定等\n次或不参\n加考核情\n况说明' },
        { span: 5, style: 'blank', sign: '盖章或签名', seal: true },
      ],
    },
  ],
  continuation: { title: '续页', mark: '续', see: '（见续页）' },
}
