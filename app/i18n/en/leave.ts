export const leave = {
  title: 'Leave',
}
