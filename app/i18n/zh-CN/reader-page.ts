export const readerPage = {
  title: '指纹机详情',
  tabs: {
    label: '设备的各页',
    readers: '指纹机',
    alarms: '告警',
    doubtful: '待处理',
    terminals: '终端',
    import: '导入',
    rules: '规则',
  },
}
