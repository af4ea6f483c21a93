export const alternates = {
  title: '替代方式',
}
