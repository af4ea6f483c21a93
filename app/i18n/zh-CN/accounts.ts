/** 账号 */
export const accounts = {
  title: '账号',
}
