export const terminals = {
  title: '考勤终端',
}
