export const doubtful = {
  title: 'Punches in doubt',
}
