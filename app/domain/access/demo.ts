/** The password of every account of the demo centre 演示中心; known to everybody, so the demo holds invented people only. */
export const demoPassword = 'Window-2026'
