/** 考核与文书 */
export const assessment = {
  title: '考核与文书',
}
