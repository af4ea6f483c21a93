/**
 * The serial number under which a centre's kiosks stand among its sources 签到屏: they share one. No reader and no terminal may
 * have it, or nobody could register at a kiosk any more. Proposed by us.
 */
export const kioskSerial = 'kiosk'
