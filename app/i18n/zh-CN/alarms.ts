export const alarms = {
  title: '告警',
}
