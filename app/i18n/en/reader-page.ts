export const readerPage = {
  title: 'Reader',
}
