export const readerPage = {
  title: 'Reader',
  tabs: {
    label: 'Pages about readers',
    readers: 'Readers',
    alarms: 'Alarms',
    doubtful: 'To decide',
    terminals: 'Terminals',
    import: 'Import',
    rules: 'Rules',
  },
}
