export const assessment = {
  title: 'Papers',
}
