import type { formProblemCodes } from '#app/domain/assessment/form-problem.ts'

/** 表样的问题：哪里不对，怎样改；通用的形状问题见 rule-problems */
export const formProblem = {
  frame_too_narrow: '左右页边距太大，表框只剩 {{frame}} 毫米；请减小页边距，使表框不窄于 60 毫米',
  year_not_named: '年度行没有“{year}”，打印时没有地方写年度；请在文字中加入“{year}”',
  title_too_wide: '标题约宽 {{width}} 毫米，表框宽 {{frame}} 毫米；请减小字号或字距',
  foot_in_frame: '页脚会压到表框（下边距 {{bottom}} 毫米）；请把 foot_mm 改为不大于下边距',
  columns_not_100: '各列宽合计 {{sum}} %；请改到合计 100 %',
  spans_wrong: '本行各格共占 {{spans}} 列，表格有 {{columns}} 列；请改 span，使两数相等',
  page_too_full: '到本行为止，第 {{page}} 页超出纸面 {{over}} 毫米；请减小行高，或在本行写 starts_page: true',
  first_row_starts_page: '第一行之前没有内容，不必另起一页；请删去 starts_page',
  field_twice: '字段“{{field}}”已用在 {{other}}；每个字段只放一格，请删去一处',
  label_missing: '样式为 {{style}} 的格要有 label；请写上栏目名称，或改为 blank',
  label_not_here: '样式为 {{style}} 的格不印 {{key}}；请删去，或把样式改为 label',
  label_too_big: '栏目名称有 {{lines}} 行，格高 {{height}} 毫米、宽 {{width}} 毫米，放不下；请加换行、加高，或改短',
  field_missing: '样式为 {{style}} 的格要有 field；请写上字段名，空白格请用 blank',
  field_not_here: '样式为 {{style}} 的格不填字段；请删去 field，或把样式改为 value',
  choices_missing: '样式为 boxes 的格要有 choices；请列出各个选项',
  choices_not_here: '{{key}} 只用于样式为 boxes 的格；请删去，或改样式',
  grow_missing: '样式为 text 的格放长文字，要能续页；请写 grow: true',
  grow_not_here: '样式为 {{style}} 的格不能续页；请删去 grow，或把样式改为 value_left',
  sign_not_here: '样式为 {{style}} 的格没有签名、盖章的位置；请删去 {{key}}，或把样式改为 blank',
  sign_needs_height: '签名和日期至少要 {{least}} 毫米高，本行 {{height}} 毫米；请加高',
  seal_needs_height: '盖章处至少要 {{least}} 毫米高，本行 {{height}} 毫米；请加高',
  row_too_low: '本行高 {{height}} 毫米，放不下一行字；请改为 {{least}} 毫米以上',
} satisfies Record<(typeof formProblemCodes)[number], string>
