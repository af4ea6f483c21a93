/** What the paper itself says; the boxes' words are the template's. */
export const words = {
  number: (number: string) => `编号 ${number}`,
  template: (name: string, version: string) => `模板 ${name} ${version} 版`,
  page: (page: number, of: number) => `第 ${page} 页 共 ${of} 页`,
  name: '姓　名',
  paperNumber: '编　号',
  year: '年　度',
  signature: (who: string) => `${who}：　　　　　　　年　　月　　日`,
  bracketed: (word: string) => `（${word}）`,
  otherFace: (characters: string) => `姓名用字“${characters}”宋体缺字，整名以黑体输出`,
}
