/** 大厅 */
export const hall = {
  title: '大厅',
}
