export const alternates = {
  title: 'Ways without a fingerprint',
}
