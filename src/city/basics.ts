/** What the data of a city is written with, whatever file it stands in. */
import { z } from 'zod';

export const text = z.string().trim().min(1);
/** What cities, sites, offices and tours are called where no person reads it. */
export const ID = /^[a-z0-9]+(?:-[a-z0-9]+)*$/;
export const id = z.string().regex(ID, 'use small letters, digits and hyphens');
/** A number that can be dialled, as people write it. */
export const phone = z.string().regex(/^\+?\d[\d ()/–-]*$/, 'a phone number such as 0999 100, in quotes');
export const postcode = z.string().regex(/^\d{5}$/, 'five digits, in quotes');
