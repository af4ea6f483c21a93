export const doubtful = {
  title: '待处理打卡',
}
