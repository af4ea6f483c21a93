export const readerPage = {
  title: '指纹机详情',
}
