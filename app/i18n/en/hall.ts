export const hall = {
  title: 'Hall',
}
