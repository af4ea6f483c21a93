/** 请假 */
export const leave = {
  title: '请假',
}
