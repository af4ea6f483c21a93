/** 录指纹 */
export const enrolment = {
  title: '录指纹',
}
