/** What the data of a city is written with, whatever file it stands in. */
import { z } from 'zod';

export const text = z.string().trim().min(1);
export const id = z.string().regex(/^[a-z0-9]+(?:-[a-z0-9]+)*$/, 'use small letters, digits and hyphens');
export const postcode = z.string().regex(/^\d{5}$/, 'five digits, in quotes');
