/** Slots with a capacity, places taken in them, and allowances a household has in a year. */
export type { Booking, BookingDay, BookingOfCase, HoldResult } from './booking.ts';
export { createBooking } from './booking.ts';
export type { EntitlementLeft, Entitlements } from './entitlement.ts';
export { EntitlementUsedError } from './entitlement.ts';
export type { FreeSlot, SlotLoss } from './slots.ts';
export { SlotLostError } from './slots.ts';
export type { Tour, TourCity, TourName } from './tours.ts';
export { closedDays, goesOn } from './tours.ts';
