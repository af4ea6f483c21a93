/** 人员 */
export const people = {
  title: '人员',
}
